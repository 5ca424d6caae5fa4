"""How the list of schools is searched, narrowed and ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, cast

from django.db.models import Subquery
from django.utils.datastructures import MultiValueDict
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet

from alliances.schools.belonging import BelongingKind, Schools, belonging_kinds
from alliances.schools.choices import authority_choices, edition, kept_choices
from alliances.schools.models import Authority, GroupSchool, School, SchoolGroup
from alliances.schools.register.codes import PHASES, STATUSES, TYPES
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, Words, chips_of
from partnership.toolkit.folding import folded

ANY = "Any"
SAID = {"invalid_choice": "Choose one from the list."}
MOST_CHOICES = 40
BY_NAME = ("search_text", "pk")
ORDERS = {
    "name": BY_NAME,
    "town": ("town", *BY_NAME),
    "phase": ("phase", *BY_NAME),
    "authority": ("authority__name", "authority_id", *BY_NAME),
}


def order_of(asked: str) -> tuple[str, ...]:
    """The columns to order by; what nobody offers means by name."""
    columns = ORDERS.get(asked.removeprefix("-"))
    if columns is None:
        return BY_NAME
    return tuple(f"-{column}" for column in columns) if asked.startswith("-") else columns


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def _group_words(names: dict[str, str], value: str) -> str:
    return names.get(value, f"“{value}”")


def _in_groups(kind: BelongingKind, schools: Schools, words: str, on: date) -> Schools:
    """Schools of the groups whose name has the words, or whose key they are."""
    wanted = folded(words)
    named = [
        kind.schools_in(School.objects.all(), key, on).values("pk")
        for key, name in kept_choices(kind.key, kind.choices)
        if key == words or wanted in folded(name)
    ][:MOST_CHOICES]
    if not named:
        return schools.none()
    return schools.filter(pk__in=named[0].union(*named[1:]) if len(named) > 1 else named[0])


class SchoolFilterSet(FilterSet):
    """Search and filters of the list of schools; upper rooms add their groups."""

    text = CharFilter(
        method="found_by_text",
        label="Name, URN, LAESTAB, postcode, town or head",
        max_length=200,
    )
    authority = ChoiceFilter(
        method="of_authority",
        choices=authority_choices,
        label="Local authority",
        empty_label=ANY,
        error_messages=SAID,
    )
    phase = ChoiceFilter(
        choices=_pairs(PHASES), label="Phase", empty_label=ANY, error_messages=SAID
    )
    type = ChoiceFilter(choices=_pairs(TYPES), label="Type", empty_label=ANY, error_messages=SAID)
    status = ChoiceFilter(
        choices=_pairs(STATUSES), label="Status", empty_label=ANY, error_messages=SAID
    )

    trust = CharFilter(method="in_trust", label="Trust or federation", max_length=100)

    class Meta:
        model = School
        fields: list[str] = []

    def __init__(self, query: MultiValueDict[str, str], *, queryset: Schools, on: date) -> None:
        """Take the query string as it is; `on` is the day whose groups count."""
        super().__init__(query, queryset=queryset)
        self.on = on
        self.groups: dict[str, Words] = {}
        for kind in belonging_kinds():
            self.filters[kind.key] = self._group_filter(kind, on)

    def _group_filter(self, kind: BelongingKind, on: date) -> Filter:
        """A choice among the groups; words of their names where a choice would be too long."""
        choices = kept_choices(kind.key, kind.choices)
        self.groups[kind.key] = (str(kind.label), partial(_group_words, dict(choices)))
        if len(choices) > MOST_CHOICES:
            found: Filter = CharFilter(
                field_name=kind.key,
                method=lambda schools, _name, words: _in_groups(kind, schools, words, on),
                label=kind.label,
                max_length=100,
            )
        else:
            found = ChoiceFilter(
                field_name=kind.key,
                method=lambda schools, _name, value: kind.schools_in(schools, value, on),
                choices=choices,
                label=kind.label,
                empty_label=ANY,
                error_messages=SAID,
            )
        found.parent = self
        found.model = School
        return found

    def found_by_text(self, schools: Schools, _name: str, words: str) -> Schools:
        """Every word somewhere in name, numbers, postcode, town or head."""
        return schools.matching(words)  # type: ignore[attr-defined]  # the room's own QuerySet

    def in_trust(self, schools: Schools, _name: str, words: str) -> Schools:
        """Schools of trusts and federations whose name has every word."""
        groups = SchoolGroup.objects.all()
        for word in words.split():
            groups = groups.filter(name__icontains=word)
        in_them = GroupSchool.objects.on(self.on).filter(group__in=groups.values("pk"))
        return schools.filter(pk__in=in_them.values("school"))

    def of_authority(self, schools: Schools, _name: str, code: str) -> Schools:
        """Schools of one authority, so that the index by authority and name serves."""
        return schools.filter(
            authority=Subquery(Authority.objects.filter(code=code).values("pk")[:1])
        )

    @property
    def selects(self) -> list[Any]:
        """The folded filters: every field but the search."""
        return [self.form[name] for name in self.filters if name != "text"]

    @property
    def fold_key(self) -> str:
        """What the rendered filters depend on: the choices there are, and those made."""
        chosen = (self.form.cleaned_data.get(field.name, "") for field in self.selects)
        return f"{edition()}:{':'.join(chosen)}"

    @property
    def in_use(self) -> int:
        """How many filters narrow the list."""
        return sum(bool(self.form.cleaned_data.get(field.name)) for field in self.selects)

    @property
    def has_errors(self) -> bool:
        """Whether a filter asks for something that isn't offered."""
        return bool(self.form.errors)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self, self.groups)


def listed(query: MultiValueDict[str, str], person: Person, *, on: date) -> Schools:
    """What the list shows for a query string: narrowed by its filters, in its order."""
    filterset = SchoolFilterSet(query, queryset=School.objects.visible_to(person), on=on)
    return cast(Schools, filterset.qs.order_by(*order_of(query.get("order", "") or "")))
