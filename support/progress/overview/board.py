"""What the board reads: counts of schools in fives, and schools' own words in no order.

Every figure is of the term's first day. No page that is always up to date can hide the one school
that came since yesterday; one that stands still for a term tells nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from support.programmes.figures import FEWEST_TOLD, Figures, figures_of, in_fives, rounded
from support.progress.models import Course, NoteRelease
from support.progress.overview.cases import NONE, Case, cases_of
from support.progress.overview.outcomes import COURSES, Share, by_approach, by_strand

KEPT_FOR = 6 * 60 * 60
NEAREST_PERCENT = 10
NOT_SAID = ""
CELLS = (*COURSES, NOT_SAID)
COURSE_WORDS = {course: str(Course(course).label) for course in COURSES} | {
    NOT_SAID: "Not said yet"
}


@dataclass(frozen=True)
class Cell:
    """One word for how it stands, and how many schools it is said of; None is too few to tell."""

    words: str
    count: int | None


@dataclass(frozen=True)
class BoardLine:
    """Five schools or more: what came of their programmes, each count in fives or not at all."""

    words: str
    schools: int
    cells: tuple[Cell, ...]
    percent: int | None
    days: int | None


@dataclass(frozen=True)
class BoardPage:
    """All that the board reads in figures."""

    figures: Figures
    by_strand: list[BoardLine]
    by_approach: list[BoardLine]


def lines_for_board(shares: Iterable[tuple[Case, Iterable[Share]]]) -> list[BoardLine]:
    """A line for each group that may be told."""
    groups: dict[str, list[tuple[Case, Any]]] = {}
    for case, parts in shares:
        for words, days in parts:
            groups.setdefault(words, []).append((case, days))
    schools = {words: {case.school for case, _days in some} for words, some in groups.items()}
    shown = rounded(sorted(schools.items()))
    return [_line(figure.words, figure.count, groups[figure.words]) for figure in shown]


def _line(words: str, schools: int, some: list[tuple[Case, Any]]) -> BoardLine:
    cells: dict[str, set[int]] = {course: set() for course in CELLS}
    for case, _days in some:
        cells[case.course if case.course in COURSES else NOT_SAID].add(case.school)
    told = {figure.words: figure.count for figure in rounded(cells.items())}
    days = sum((days for _case, days in some), NONE)
    return BoardLine(
        words=words,
        schools=schools,
        cells=tuple(Cell(COURSE_WORDS[course], told.get(course)) for course in CELLS),
        percent=_percent([case for case, _days in some]),
        days=in_fives(int(days)) or None,
    )


def _percent(cases: list[Case]) -> int | None:
    """How many figures came as planned, to the nearest ten; None where too few schools have any."""
    measured = [case for case in cases if case.measures]
    if len({case.school for case in measured}) < FEWEST_TOLD:
        return None
    share = sum(case.reached for case in measured) / sum(case.measures for case in measured)
    return NEAREST_PERCENT * round(100 * share / NEAREST_PERCENT)


def board_page(alliance_id: int, by: datetime) -> BoardPage:
    """As things stood at a moment; kept for some hours, as nothing of it changes."""
    key = f"progress:board:{alliance_id}:{by:%Y-%m-%d}"
    kept: BoardPage | None = cache.get(key)
    if kept is not None:
        return kept
    cases = cases_of(alliance_id, by)
    page = BoardPage(
        figures=figures_of(alliance_id, by),
        by_strand=lines_for_board((case, by_strand(case)) for case in cases),
        by_approach=lines_for_board((case, by_approach(case)) for case in cases),
    )
    cache.set(key, page, KEPT_FOR)
    return page


def _released(*, alliance: int, by: datetime) -> QuerySet[NoteRelease, Any]:
    released = NoteRelease.objects.filter(
        note__visit__programme__alliance=alliance,
        layer=NoteRelease.Layer.BOARD,
        withdrawn_at=None,
        given_at__lt=by,
    )
    return released.order_by("pk").values_list("board_words", "note__visit__programme__school")


def words_for_board(alliance_id: int, by: datetime) -> list[str]:
    """What five schools or more have released, each said once, ordered by nothing that is known.

    A consent taken back takes its words away at once; if four schools are left, all go.
    """
    rows = answer(_released, alliance=alliance_id, by=by)
    if len({school for _words, school in rows}) < FEWEST_TOLD:
        return []
    return sorted(
        {words for words, _school in rows}, key=lambda said: sha256(said.encode()).digest()
    )
