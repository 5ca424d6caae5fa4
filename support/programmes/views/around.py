"""What the pages of matching ask for: who may open them, and what the school needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import joined, text
from partnership.toolkit.statements import answer
from support.directory.suggesting import Surroundings, akin_to, surroundings_of
from support.programmes.gating import SUPPORTED, open_conflicts
from support.programmes.models import Programme, ReviewNeed, Stage
from support.programmes.permissions import Rights
from support.programmes.views.finding import rights_or_404

FOR_THE_ALLIANCE = "The alliance’s director does this, or whom she names."
RULES = "alliance__support_rules"
NEEDED, CONFLICTED, AKIN = "needed", "conflicted", "akin"
NOT_MATCHING = "Support isn’t being found for this programme now. Look at its page."


def rights_to_direct(request: PersonRequest, pk: int, *more: str) -> Rights:
    """What the director, or whom she names, may do with a programme that stands."""
    rights = rights_or_404(request, pk, "school", *more)
    require(rights.may_direct, FOR_THE_ALLIANCE)
    return rights


def is_being_matched(request: PersonRequest, programme: Programme) -> bool:
    """Whether support is being found now; where not, the next page says so."""
    is_now = programme.stage_now == Stage.MATCHING and programme.approach in SUPPORTED
    if not is_now:
        messages.info(request, NOT_MATCHING)
    return is_now


@dataclass(frozen=True)
class Around:
    """What a programme's matching goes by: areas needed, people with a conflict, schools akin."""

    programme: Programme
    on: date
    areas: dict[int, str]
    conflicted: frozenset[int]
    pairs: list[tuple[int, int]]

    def surroundings(self, area: int | None = None) -> Surroundings:
        """The school's need; `area` puts another than the one asked for first."""
        return surroundings_of(
            self.programme.school,
            area=area or self.programme.area_id,
            areas=self.areas,
            on=self.on,
            conflicted=self.conflicted,
            pairs=self.pairs,
        )


def around_programme(programme: Programme, *, on: date) -> Around:
    """The area that was asked for, then those that the review found; all in one query."""
    found = answer(_around, programme=programme, school=programme.school_id, on=on)
    needed = sorted((words, key) for kind, key, _other, words in found if kind == NEEDED)
    return Around(
        programme,
        on,
        {programme.area_id: programme.area.name} | {key: words for words, key in needed},
        frozenset(key for kind, key, *_rest in found if kind == CONFLICTED),
        [(key, other) for kind, key, other, _words in found if kind == AKIN],
    )


def _around(*, programme: Any, school: Any, on: date) -> QuerySet[Any, Any]:
    needs = ReviewNeed.objects.filter(view__review__programme=programme)
    return joined(
        [
            _said(needs, NEEDED, "area", "area", "area__name"),
            _said(open_conflicts(programme), CONFLICTED, "person", "person"),
            _said(akin_to(school=school, on=on), AKIN, "school", "group"),
        ]
    )


def _said(
    rows: QuerySet[Any, Any], kind: str, key: str, other: str, words: str = ""
) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "said_kind": Value(kind, output_field=TextField()),
        "said_key": Cast(F(key), BigIntegerField()),
        "said_other": Cast(F(other), BigIntegerField()),
        "said_words": text(words or Value("")),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
