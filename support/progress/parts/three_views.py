"""The three views of a term, side by side once all are given; before that only who has given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import Side
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import Facts, facts_of, terms_of
from support.progress.course.objectives import aims_of
from support.progress.course.ratings import TONES, differing
from support.progress.models import ObjectiveRating, TermView
from support.progress.permissions import can_give_view, can_open_review, view_side

SIDES: tuple[tuple[str, str], ...] = tuple(
    (side.value, str(words)) for side, words in TermView.SIDES
)
SILENT = ("plain", "No view given")


@dataclass(frozen=True)
class Column:
    """One side, and who wrote its view."""

    words: str
    name: str


@dataclass(frozen=True)
class Cell:
    """How one side sees one objective, and how it knows."""

    side: str
    kind: str
    label: str
    words: str


@dataclass(frozen=True)
class Line:
    """One objective as all sides see it."""

    objective: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True)
class SideBySide:
    """All views of a term that is shown."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def differing(self) -> list[Line]:
        """The objectives on which views differ."""
        return [line for line in self.lines if line.differs]


def _ratings(*, review: int) -> QuerySet[ObjectiveRating, Any]:
    """What was rated by the views that are shown, as the plan stood when they were given."""
    shown = ObjectiveRating.objects.filter(
        Q(objective__dropped_at=None) | Q(objective__dropped_at__gt=F("view__review__shown_at")),
        view__review=review,
        view__given_at__isnull=False,
        view__review__shown_at__isnull=False,
    )
    ordered = shown.order_by("objective__position", "objective", "pk")
    return ordered.values_list(
        "objective", "objective__words", "view__side", "view__written_by__name", "course", "words"
    )


def side_by_side(review: int) -> SideBySide:
    """The views of a review once they are shown; nothing before, whoever asks."""
    return laid_out(answer(_ratings, review=review))


def _latest(rights: Rights, shown_at: datetime, now: datetime) -> SideBySide:
    """The same of the latest review, as the programme's page has it: without how sides know."""
    return laid_out(
        (aim.pk, aim.words, side, name, course, "")
        for aim in aims_of(rights, now)
        if aim.dropped_at is None or aim.dropped_at > shown_at
        for side, name, course in aim.ratings
    )


def laid_out(rows: Iterable[tuple[int, str, str, str, str, str]]) -> SideBySide:
    """A line for each objective, a cell for each side."""
    names: dict[str, str] = {}
    said: dict[int, dict[str, tuple[str, str]]] = {}
    objectives: dict[int, str] = {}
    for objective, title, side, name, course, words in rows:
        names[side] = name
        objectives[objective] = title
        said.setdefault(objective, {})[side] = (course, words)
    unlike = differing(
        (objective, course)
        for objective, by_side in said.items()
        for course, _words in by_side.values()
    )
    lines = [
        Line(
            title,
            tuple(_cell(side, words, said[objective].get(side), names) for side, words in SIDES),
            objective in unlike,
        )
        for objective, title in objectives.items()
    ]
    columns = tuple(Column(words, names.get(side, "")) for side, words in SIDES)
    return SideBySide(columns, tuple(lines))


def _cell(side: str, words: str, said: tuple[str, str] | None, names: dict[str, str]) -> Cell:
    if said is None:
        return Cell(words, *(TONES[""] if side in names else SILENT), "")
    course, how = said
    return Cell(words, *TONES[course], how)


def given_by(gave: Iterable[str]) -> list[tuple[str, bool]]:
    """Each side, and whether it has given its view: never what is in it."""
    given = set(gave)
    return [(words, side in given) for side, words in SIDES]


def _gave(facts: Facts) -> list[str]:
    return [side.value for side in Side if facts.has_given(side)]


def three_views(rights: Rights, now: datetime) -> Part | None:
    """The latest review; what was rated only once it is shown."""
    facts = facts_of(rights, now)
    if facts.review_pk is None and not rights.programme.is_running():
        return None
    term = terms_of(rights.programme).numbered(facts.review_term or 0)
    shown_at = facts.review_shown_at
    is_shown = shown_at is not None
    waits = facts.review_pk is not None and not is_shown
    nouns: dict[str, Any] = {
        "programme": rights.programme,
        "facts": facts,
        "term_name": term.name if term else "",
        "sides": given_by(_gave(facts)),
        "table": _latest(rights, shown_at, now) if shown_at is not None else None,
        "is_late": waits and facts.review_due_at is not None and facts.review_due_at < now,
        "to_talk": is_shown and facts.review_differs and facts.review_talked_at is None,
        "may_give": waits and can_give_view(rights) and not facts.has_given(view_side(rights)),
        "may_open": can_open_review(rights) and facts.is_plan_agreed,
    }
    return Part("progress/includes/_three_views.html", nouns)
