"""What works: what came of the programmes, by kind of strand and by approach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.cache import cache

from support.programmes.figures import told
from support.programmes.models import Programme, Strand
from support.progress.figures.alliance_money import KindMoney, money_of_alliance
from support.progress.models import Course
from support.progress.overview.cases import NONE, Case, cases_of

KEPT_FOR = 30 * 60
COURSES = (Course.REACHED, Course.ON_COURSE, Course.SLOWER, Course.STUCK)
KINDS = {kind.value: str(kind.label) for kind in Strand.Kind}
APPROACHES = {approach.value: str(approach.label) for approach in Programme.Approach}
Share = tuple[str, Decimal]


@dataclass(frozen=True)
class Line:
    """The programmes with one kind of strand, or of one approach."""

    words: str
    programmes: int
    courses: tuple[int, ...]
    open: int
    measures: int
    reached: int
    days: Decimal


@dataclass(frozen=True)
class Outcomes:
    """All lines that are told, and when they were counted."""

    counted_at: datetime
    programmes: int
    by_strand: list[Line]
    by_approach: list[Line]
    money: list[KindMoney]


def by_strand(case: Case) -> Iterator[Share]:
    """Every kind of strand of a case, with the days given in it."""
    for kind, days in case.days.items():
        yield KINDS.get(kind, kind), days


def by_approach(case: Case) -> Iterator[Share]:
    """The approach that was judged, with all days given."""
    if case.approach:
        yield APPROACHES.get(case.approach, case.approach), sum(case.days.values(), NONE)


def lines_of(shares: Iterable[tuple[Case, Iterable[Share]]]) -> list[Line]:
    """A line for each group of five programmes or more; what would give away another is left out."""
    groups: dict[str, list[tuple[Case, Decimal]]] = defaultdict(list)
    for case, parts in shares:
        for words, days in parts:
            groups[words].append((case, days))
    shown = {each.words for each in told((words, len(some)) for words, some in groups.items())}
    lines = [_line(words, some) for words, some in groups.items() if words in shown]
    return sorted(lines, key=lambda line: (-line.programmes, line.words))


def _line(words: str, some: list[tuple[Case, Decimal]]) -> Line:
    courses = Counter(case.course for case, _days in some)
    counted = tuple(courses[course] for course in COURSES)
    return Line(
        words=words,
        programmes=len(some),
        courses=counted,
        open=len(some) - sum(counted),
        measures=sum(case.measures for case, _days in some),
        reached=sum(case.reached for case, _days in some),
        days=sum((days for _case, days in some), NONE),
    )


def outcomes_of(alliance_id: int, now: datetime) -> Outcomes:
    """As counted within the last half hour: it takes every visit, figure and review together."""
    key = f"progress:outcomes:{alliance_id}"
    kept: Outcomes | None = cache.get(key)
    if kept is not None and kept.counted_at <= now:
        return kept
    cases = cases_of(alliance_id, now)
    counted = Outcomes(
        counted_at=now,
        programmes=len(cases),
        by_strand=lines_of((case, by_strand(case)) for case in cases),
        by_approach=lines_of((case, by_approach(case)) for case in cases),
        money=money_of_alliance(alliance_id, by=now),
    )
    cache.set(key, counted, KEPT_FOR)
    return counted
