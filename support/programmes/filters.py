"""How the caseload is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.utils.functional import cached_property

from partnership.people.models import Person
from partnership.toolkit.filters import Chip, Words, chips_of, fold_key
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from support.programmes.models import Programme, ProgrammeQuerySet, Stage
from support.programmes.rows import NARROWED, STANDING, Asking, alliances_that_help

State = Programme.State
STATES = [
    (State.ASKED.value, "Waits for an answer"),
    (State.OPEN.value, "Open"),
    (State.WATCHED.value, "Watched"),
    (State.PAUSED.value, "Paused"),
    (State.FOLLOWED.value, "Followed up after the end"),
    ("over", "Over, or answered otherwise"),
    ("any", "All"),
]
WHOSE = [
    ("mine", "Those that I look after or assess"),
    ("team", "My alliance’s"),
    ("school", "My schools’"),
    ("supporting", "Those that my school or I support"),
    ("watched", "On my watchlist"),
]
FOR_DIRECTORS = ("mine", "team")
WORDS = ("text", "supporter")
TOLD = ("alliance", "area")


class CaseloadFilter(django_filters.FilterSet):
    """Words, whose, stage and more; without a choice of state what still stands."""

    text = django_filters.CharFilter(label="School", method="by_text", max_length=100)
    whose = django_filters.ChoiceFilter(label="Whose", method="by_choice", empty_label="All")
    alliance = django_filters.ChoiceFilter(label="Alliance", method="by_choice", empty_label="All")
    stage = django_filters.ChoiceFilter(
        label="Stage", method="by_choice", choices=Stage.choices, empty_label="Any"
    )
    area = django_filters.ChoiceFilter(label="Area", method="by_choice", empty_label="All")
    approach = django_filters.ChoiceFilter(
        label="Approach",
        method="by_choice",
        choices=Programme.Approach.choices,
        empty_label="Any",
    )
    supporter = django_filters.CharFilter(
        label="Supporting school", method="by_supporter", max_length=100
    )
    state = django_filters.ChoiceFilter(
        label="State", method="by_choice", choices=STATES, empty_label="What still stands"
    )
    late = django_filters.BooleanFilter(
        label="Only what is late", method="by_choice", widget=forms.CheckboxInput
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: ProgrammeQuerySet, *, person: Person, on: date, now: datetime
    ) -> None:
        """Offer the alliances that are hers, and their areas."""
        super().__init__(data, queryset)
        self.person, self.on = person, on
        self.asking = Asking.by(person, on=on, now=now)
        rows = answer(alliances_that_help, person=person, on=on)
        self.alliances = {row.slug: row.name for row in rows}
        self.may_ask = any(row.may_ask for row in rows)
        self.counted = {
            row.slug: row.name for row in rows if row.may_refer or row.chairs or row.is_on_board
        }
        self.directs = {row.slug: row.name for row in rows if row.may_refer}
        is_told = len(self.alliances) > 1
        fields: dict[str, Any] = self.form.fields
        fields["alliance"].choices = list(self.alliances.items())
        fields["area"].choices = [
            (str(row.support_areas__pk), _named(row, is_told=is_told))
            for row in rows
            if row.support_areas__pk is not None
        ]
        fields["whose"].choices = [
            choice for choice in WHOSE if self.directs or choice[0] not in FOR_DIRECTORS
        ]

    @property
    def _stands(self) -> bool:
        """Whether what is over is left out: nothing else was asked for."""
        asked = self.form.cleaned_data
        return not asked.get("state") and asked.get("stage") != Stage.ENDED

    def filter_queryset(self, queryset: ProgrammeQuerySet) -> ProgrammeQuerySet:
        """Narrow by what was asked, and to what still stands where nothing else was."""
        narrowed: ProgrammeQuerySet = super().filter_queryset(queryset)
        return narrowed.standing() if self._stands else narrowed

    def chosen(self) -> tuple[tuple[tuple[str, Any], ...], dict[str, Any]] | None:
        """What was chosen, and which thing; None where something was typed.

        What was chosen is one of a few, so its statement can be composed once.
        """
        asked = {} if self.form.errors else self.form.cleaned_data
        asked = {name: value for name, value in asked.items() if value}
        if self.form.errors or any(name in asked for name in WORDS):
            return None
        choices = [(name, value) for name, value in asked.items() if name not in TOLD]
        if self._stands:
            choices.append(("state", STANDING))
        told = {name: asked[name] for name in TOLD if name in asked}
        if "area" in told:
            told["area"] = int(told["area"])
        return tuple(choices), vars(self.asking) | told

    def by_text(self, queryset: ProgrammeQuerySet, _name: str, value: str) -> ProgrammeQuerySet:
        """Each word in the school's name, place or number."""
        for word in folded(value).split():
            queryset = queryset.filter(school__search_text__contains=word)
        return queryset

    def by_supporter(
        self, queryset: ProgrammeQuerySet, _name: str, value: str
    ) -> ProgrammeQuerySet:
        """Each word in the supporting school's name."""
        for word in folded(value).split():
            queryset = queryset.filter(supporting_school__search_text__contains=word)
        return queryset

    def by_choice(self, queryset: ProgrammeQuerySet, name: str, value: Any) -> ProgrammeQuerySet:
        """Whatever is one of a few: whose, which stage, late or not."""
        return NARROWED[name](queryset, self.asking, value) if value else queryset

    @cached_property
    def shows_alliance(self) -> bool:
        """Whether there is more than one alliance to tell apart."""
        return len(self.alliances) > 1

    @cached_property
    def folded_fields(self) -> list[forms.BoundField]:
        """Every field but the search; no choice where there is nothing to choose."""
        left_out = {"alliance": not self.shows_alliance, "approach": not self.directs}
        names = ("whose", "alliance", "stage", "area", "approach", "supporter", "state", "late")
        return [self.form[name] for name in names if not left_out.get(name)]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    @property
    def is_in_use(self) -> bool:
        """Whether anything was asked for, be it nonsense."""
        return bool(self.form.errors) or any(self.form.cleaned_data.values())

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        said: dict[str, Words] = {"late": ("Only", lambda _value: "what is late")}
        return chips_of(self, said)


def _named(row: Any, *, is_told: bool) -> str:
    return f"{row.support_areas__name}, {row.name}" if is_told else row.support_areas__name
