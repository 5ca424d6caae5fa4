"""How the list of meetings is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from alliances.meetings.models import Action, Body, Meeting
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, chips_of, fold_key
from partnership.toolkit.statements import answer

MINUTES = [
    (Meeting.MinutesState.NONE, "To be written"),
    (Meeting.MinutesState.DRAFTED, "To be checked by the chair"),
    (Meeting.MinutesState.CHECKED, "Checked by the chair"),
    (Meeting.MinutesState.APPROVED, "Approved"),
]
GROUP_COLUMNS = ("pk", "name", "alliance__slug", "alliance__name")


def _groups(*, person: Person, on: date) -> QuerySet[Body, Any]:
    bodies = Body.objects.visible_to(person, on=on).order_by("alliance__name", "name", "pk")
    return bodies.values_list(*GROUP_COLUMNS, named=True)


class MeetingFilter(django_filters.FilterSet):
    """Words, coming or past, alliance, group and state; without a choice the list is what is coming."""

    text = django_filters.CharFilter(label="Title", method="by_text", max_length=100)
    when = django_filters.ChoiceFilter(
        label="When",
        method="by_when",
        choices=[("past", "Past"), ("all", "Past and coming")],
        empty_label="Coming",
    )
    alliance = django_filters.ChoiceFilter(
        label="Alliance", field_name="body__alliance__slug", empty_label="All"
    )
    body = django_filters.ChoiceFilter(label="Group", field_name="body", empty_label="All")
    kind = django_filters.ChoiceFilter(
        label="Kind of group", field_name="body__kind", choices=Body.Kind.choices, empty_label="Any"
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=Meeting.State.choices, empty_label="Any"
    )
    minutes = django_filters.ChoiceFilter(
        label="Minutes", method="by_minutes", choices=MINUTES, empty_label="Any"
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Meeting], *, person: Person, now: datetime, on: date
    ) -> None:
        """Offer the groups that she runs or sits in, and their alliances."""
        super().__init__(data, queryset)
        self.now = now
        groups = answer(_groups, person=person, on=on)
        alliances = {group.alliance__slug: group.alliance__name for group in groups}
        is_told = len(alliances) > 1
        self.form.fields["alliance"].choices = alliances.items()
        self.form.fields["body"].choices = [
            (str(group.pk), f"{group.name}, {group.alliance__name}" if is_told else group.name)
            for group in groups
        ]

    def filter_queryset(self, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Narrow by what was asked, and to what is coming where nothing was."""
        narrowed = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if not asked.get("when") and not asked.get("minutes"):
            return narrowed.filter(ends_at__gte=self.now)
        return narrowed

    def by_text(self, queryset: QuerySet[Meeting], _name: str, value: str) -> QuerySet[Meeting]:
        """Every one of the words in the title."""
        return queryset.matching(value)  # type: ignore[attr-defined]  # our queryset

    def by_when(self, queryset: QuerySet[Meeting], _name: str, value: str) -> QuerySet[Meeting]:
        """What is over, or everything."""
        return queryset.filter(ends_at__lt=self.now) if value == "past" else queryset

    def by_minutes(self, queryset: QuerySet[Meeting], _name: str, value: str) -> QuerySet[Meeting]:
        """Meetings that were held, by how far their minutes are."""
        return queryset.filter(state=Meeting.State.HELD, minutes_state=value)

    @cached_property
    def folded_fields(self) -> list[Any]:
        """Every field but the search; no choice of alliance for who belongs to one alone."""
        choices = {name: len(self.form.fields[name].choices) for name in ("alliance", "body")}
        fewest = 3
        return [
            self.form[name]
            for name in ("when", "alliance", "kind", "body", "state", "minutes")
            if choices.get(name, fewest) >= fewest
        ]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    @property
    def is_in_use(self) -> bool:
        """Whether anything was asked for, be it nonsense."""
        return bool(self.form.errors) or any(self.form.cleaned_data.values())

    @property
    def is_past_first(self) -> bool:
        """Whether the latest meeting stands on top."""
        asked = self.form.cleaned_data
        return asked.get("when") in {"past", "all"} or bool(asked.get("minutes"))

    @property
    def span(self) -> str:
        """Which meetings these are, in a word that stands before them: none where they are mixed."""
        asked = self.form.cleaned_data
        if asked.get("when") == "past":
            return "past"
        return "" if self.is_past_first else "coming"

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)


class BodyFilter(django_filters.FilterSet):
    """Words, alliance, kind, and which of those that she may see; closed ones stay away unasked."""

    text = django_filters.CharFilter(label="Name", method="by_text", max_length=100)
    alliance = django_filters.ChoiceFilter(
        label="Alliance", field_name="alliance__slug", empty_label="All"
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=Body.Kind.choices, empty_label="Any")
    which = django_filters.ChoiceFilter(
        label="Which",
        method="by_which",
        choices=[
            ("mine", "Those that I sit in or lead"),
            ("closed", "Closed"),
            ("every", "Open and closed"),
        ],
        empty_label="All that are open",
    )

    class Meta:
        model = Body
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Body, Any], *, person: Person, on: date
    ) -> None:
        """Offer the alliances of the groups that she runs or sits in."""
        super().__init__(data, queryset)
        self.person, self.on = person, on
        groups = answer(_groups, person=person, on=on)
        self.alliances = {group.alliance__slug: group.alliance__name for group in groups}
        self.form.fields["alliance"].choices = self.alliances.items()

    def filter_queryset(self, queryset: QuerySet[Body, Any]) -> QuerySet[Body, Any]:
        """Narrow by what was asked, and to what is open where nothing else was."""
        found: Any = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("which") in {"closed", "every"}:
            return found
        return found.open_on(self.on)

    def by_text(self, queryset: Any, _name: str, value: str) -> QuerySet[Body, Any]:
        """Every one of the words in the name."""
        return queryset.matching(value)

    def by_which(self, queryset: Any, _name: str, value: str) -> QuerySet[Body, Any]:
        """Her own, or those that have had their last day."""
        if value == "mine":
            return queryset.filter(Q(is_seated=True) | Q(lead=self.person) | Q(deputy=self.person))
        return queryset.filter(closed_on__lt=self.on) if value == "closed" else queryset

    @property
    def folded_fields(self) -> list[Any]:
        """Every field but the search; no choice of alliance for who has groups in one alone."""
        names = ["which", "kind", *(["alliance"] if len(self.alliances) > 1 else [])]
        return [self.form[name] for name in names]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)


class ActionFilter(django_filters.FilterSet):
    """Words, whose, which group's and in what state; without a choice what she has to do."""

    text = django_filters.CharFilter(label="Action or owner", method="by_text", max_length=100)
    who = django_filters.ChoiceFilter(
        label="Whose",
        method="by_who",
        choices=[("all", "Everybody’s that I may see"), ("given", "Those that I gave")],
        empty_label="Mine",
    )
    state = django_filters.ChoiceFilter(
        label="State",
        method="by_state",
        choices=[
            ("overdue", "Overdue"),
            ("done", "Done"),
            ("dropped", "Dropped"),
            ("every", "All"),
        ],
        empty_label="To do",
    )
    body = django_filters.ChoiceFilter(label="Group", field_name="body", empty_label="All")

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Action], *, person: Person, now: datetime, on: date
    ) -> None:
        """Offer the groups that she runs or sits in."""
        super().__init__(data, queryset)
        self.person, self.now = person, now
        groups = answer(_groups, person=person, on=on)
        is_told = len({group.alliance__slug for group in groups}) > 1
        self.form.fields["body"].choices = [
            (str(group.pk), f"{group.name}, {group.alliance__name}" if is_told else group.name)
            for group in groups
        ]

    def filter_queryset(self, queryset: QuerySet[Action]) -> QuerySet[Action]:
        """Narrow by what was asked: to her own and to what is open where nothing else was."""
        narrowed: Any = super().filter_queryset(queryset)
        if self.is_hers:
            narrowed = narrowed.filter(owner=self.person)
        return narrowed if self.form.cleaned_data.get("state") else narrowed.open()

    @property
    def is_hers(self) -> bool:
        """Whether these are her own alone."""
        asked = self.form.cleaned_data
        return not asked.get("who") and not asked.get("body")

    def by_text(self, queryset: Any, _name: str, value: str) -> QuerySet[Action]:
        """Every one of the words in what is to be done or in its owner's name."""
        return queryset.matching(value)

    def by_who(self, queryset: QuerySet[Action], _name: str, value: str) -> QuerySet[Action]:
        """Everybody's, or those that she gave."""
        return queryset.filter(given_by=self.person) if value == "given" else queryset

    def by_state(self, queryset: Any, _name: str, value: str) -> Any:
        """What is late, done, or dropped."""
        if value == "overdue":
            return queryset.overdue(now=self.now)
        if value == "every":
            return queryset
        return queryset.filter(**{f"{value}_at__isnull": False})

    @property
    def folded_fields(self) -> list[Any]:
        """Every field but the search."""
        return [self.form[name] for name in ("who", "state", "body")]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)
