"""How the list of workhubs is narrowed and ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import cached_property

from alliances.membership.models import Alliance
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, Words, chips_of, fold_key
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from workhubs.hubs.models import Workhub, WorkhubYear

ANY_YEAR = "any"
YEARS_BACK = 5
PROGRESS = "progress"
ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("workhub__name",),
    "alliance": ("workhub__alliance__name", "workhub__name"),
    "area": ("area__name", "workhub__name"),
    "lead": ("lead__search_name", "workhub__name"),
    "schools": ("school_count", "workhub__name"),
    PROGRESS: ("going_well", "workhub__name"),
    "meeting": ("next_meeting_at", "workhub__name"),
}


def _alliances(*, person: Person, on: date) -> QuerySet[Alliance, Any]:
    """Her own alliances with their areas; portal staff: all."""
    alliances = Alliance.objects.visible_to(person)
    if not person.is_staff:
        alliances = alliances.of_person(person, on=on)
    rows = alliances.order_by("name", "pk", "areas__name", "areas__pk")
    return rows.values_list("slug", "name", "areas__pk", "areas__name")


class WorkhubFilter(django_filters.FilterSet):
    """Words, year, alliance, area, kind, lead and one's own; without a year the list is this year's."""

    text = django_filters.CharFilter(
        label="Name, priority or lead", method="by_text", max_length=100
    )
    year = django_filters.ChoiceFilter(label="Academic year", method="by_year")
    alliance = django_filters.ChoiceFilter(
        label="Alliance", field_name="workhub__alliance__slug", empty_label="All"
    )
    area = django_filters.ChoiceFilter(label="Area", field_name="area", empty_label="All")
    kind = django_filters.ChoiceFilter(
        label="Kind",
        field_name="workhub__kind",
        choices=Workhub.Kind.choices,
        empty_label="All",
    )
    lead = django_filters.CharFilter(label="Lead or deputy", method="by_lead", max_length=100)
    mine = django_filters.BooleanFilter(
        label="Only those that I lead or my school takes part in",
        method="by_mine",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = WorkhubYear
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[WorkhubYear], *, person: Person, on: date):
        """Offer her own alliances (portal staff: all) and the years around this one."""
        super().__init__(data, queryset)
        self.person = person
        self.on = on
        self.this_year = AcademicYear.containing(on)
        years = [AcademicYear(self.this_year.start + 1 - back) for back in range(YEARS_BACK + 2)]
        choices = [(year.slug, str(year)) for year in years if year != self.this_year]
        year_field = self.form.fields["year"]
        year_field.choices = [*choices, (ANY_YEAR, "Any year")]
        year_field.empty_label = f"This year, {self.this_year}"
        rows = answer(_alliances, person=person, on=on)
        alliances = {slug: name for slug, name, _pk, _area in rows}
        self.form.fields["alliance"].choices = list(alliances.items())
        self.form.fields["area"].choices = [
            (str(pk), f"{area}, {name}" if len(alliances) > 1 else area)
            for _slug, name, pk, area in rows
            if pk is not None
        ]

    def filter_queryset(self, queryset: QuerySet[WorkhubYear]) -> QuerySet[WorkhubYear]:
        """Narrow by what was asked, and to this year where no year was."""
        narrowed = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("year"):
            return narrowed.filter(year=self.this_year.start)
        return narrowed

    def by_text(
        self, queryset: QuerySet[WorkhubYear], _name: str, value: str
    ) -> QuerySet[WorkhubYear]:
        """Each word in the name, the priority or the lead's name."""
        for word in folded(value).split():
            queryset = queryset.filter(
                Q(workhub__search_name__contains=word)
                | Q(priority__icontains=word)
                | Q(lead__search_name__contains=word)
            )
        return queryset

    def by_lead(
        self, queryset: QuerySet[WorkhubYear], _name: str, value: str
    ) -> QuerySet[WorkhubYear]:
        """Each word in the lead's or in the deputy's name."""
        for word in folded(value).split():
            queryset = queryset.filter(
                Q(lead__search_name__contains=word) | Q(deputy__search_name__contains=word)
            )
        return queryset

    def by_year(
        self, queryset: QuerySet[WorkhubYear], _name: str, value: str
    ) -> QuerySet[WorkhubYear]:
        """One year, or any."""
        year = AcademicYear.from_slug(value)
        return queryset if year is None else queryset.filter(year=year.start)

    def by_mine(
        self,
        queryset: QuerySet[WorkhubYear],
        _name: str,
        value: bool,  # noqa: FBT001 (django-filter passes it so)
    ) -> QuerySet[WorkhubYear]:
        """Only her own, when the box is ticked."""
        return queryset.of_person(self.person, on=self.on) if value else queryset  # type: ignore[attr-defined]  # our queryset

    @cached_property
    def shows_alliance(self) -> bool:
        """Whether there is more than one alliance to tell apart."""
        nothing_and_one = 2
        return len(self.form.fields["alliance"].choices) > nothing_and_one

    @cached_property
    def shows_area(self) -> bool:
        """Whether her alliances have areas at all."""
        return len(self.form.fields["area"].choices) > 1

    @cached_property
    def folded_fields(self) -> list[forms.BoundField]:
        """Every field but the search; no choice where there is nothing to choose."""
        nothing_to_choose = {
            "alliance": not self.shows_alliance,
            "area": not self.shows_area,
        }
        names = ("year", "alliance", "area", "kind", "lead", "mine")
        return [self.form[name] for name in names if not nothing_to_choose.get(name)]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    @property
    def is_in_use(self) -> bool:
        """Whether anything was asked for, be it nonsense."""
        return bool(self.form.errors) or any(self.form.cleaned_data.values())

    @cached_property
    def shows_any_year(self) -> bool:
        """Whether rows of several years stand in the list."""
        return bool(self.form.cleaned_data.get("year") == ANY_YEAR)

    @property
    def asked_year(self) -> AcademicYear | None:
        """The one year that is asked for."""
        return AcademicYear.from_slug(str(self.form.cleaned_data.get("year") or ""))

    @property
    def year_words(self) -> str:
        """Which year the list is of."""
        return "any year" if self.shows_any_year else str(self.asked_year or self.this_year)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        said: dict[str, Words] = {
            "year": ("Year", lambda _value: self.year_words),
            "mine": ("Only", lambda _value: "mine"),
        }
        return chips_of(self, said)


def known_order(asked: str) -> str:
    """The order that is asked for, if some column's header offers it."""
    return asked if asked.removeprefix("-") in ORDERS else ""


def order_of(asked: str) -> list[OrderBy]:
    """The order that a column's header asks for, the key last; by name where it asks nonsense.

    Years of one workhub stand the newest first.
    """
    fields = ORDERS.get(asked.removeprefix("-"), ORDERS["name"])
    first, *rest = fields
    lead = (
        F(first).desc(nulls_last=True) if asked.startswith("-") else F(first).asc(nulls_last=True)
    )
    return [lead, *(F(name).asc() for name in rest), F("year").desc(), F("pk").asc()]
