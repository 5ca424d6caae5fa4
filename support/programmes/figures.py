"""How many schools have support, told so that no number points at one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from partnership.calendar.days import UK
from partnership.calendar.terms import term_containing
from partnership.toolkit.statements import answer
from support.programmes.models import Programme

FEWEST_TOLD = 5
HOLIDAY = timedelta(days=14)
ASKED = "Asked, or in swift review"
FOUND = "Support is being found or agreed"
BEGUN = "Signed: running, paused or followed up"


@dataclass(frozen=True)
class Figure:
    """One line: what is counted, and how many."""

    words: str
    count: int


@dataclass(frozen=True)
class Figures:
    """What may be told; `total` is None where it is too few."""

    total: int | None
    by_stage: list[Figure]
    by_area: list[Figure]


def told(counts: Iterable[tuple[str, int]]) -> list[Figure]:
    """Lines under five are left out, and one more where a single one could be worked out."""
    lines = list(counts)
    hidden = {words for words, count in lines if count < FEWEST_TOLD}
    if len(hidden) == 1:
        shown = [(count, words) for words, count in lines if words not in hidden]
        hidden |= {words for _count, words in sorted(shown)[:1]}
    return [Figure(words, count) for words, count in lines if words not in hidden]


def rounded(lines: Iterable[tuple[str, Collection[int]]]) -> list[Figure]:
    """Lines of schools, told in fives rounded down, so that none can be worked out from others.

    A line of fewer than five schools is left out, and the smallest told ones with it until those
    left out are more than one line, and the schools that no line tells of are none or five.
    """
    schools = {words: set(found) for words, found in lines if found}
    shown = [words for words, found in schools.items() if len(found) >= FEWEST_TOLD]
    shown.sort(key=lambda words: (-len(schools[words]), words))
    while shown and _can_be_worked_out(schools, shown):
        shown.pop()
    return [Figure(words, in_fives(len(schools[words]))) for words in schools if words in shown]


def in_fives(count: int) -> int:
    """Rounded down: one school more or less shows in none of the differences."""
    return count - count % FEWEST_TOLD


def _can_be_worked_out(schools: dict[str, set[int]], shown: list[str]) -> bool:
    hidden = [words for words in schools if words not in shown]
    told_of = {school for words in shown for school in schools[words]}
    rest = {school for words in hidden for school in schools[words]} - told_of
    return len(hidden) == 1 or 0 < len(rest) < FEWEST_TOLD


def as_of(today: date) -> datetime:
    """The moment as of which a board is told: the term's first day.

    Any page that is always up to date shows the one school that came since yesterday; so within
    a term nothing changes, and between terms too much has for one school to be told.
    """
    term = term_containing(today)
    if term.starts_on > today:
        term = term_containing(term.starts_on - HOLIDAY)
    return datetime.combine(term.starts_on, time(), tzinfo=UK)


def _counted(*, alliance: int, by: datetime) -> QuerySet[Programme, Any]:
    asked = Programme.objects.filter(alliance=alliance, asked_at__lt=by)
    standing = asked.filter(Q(ended_at=None) | Q(ended_at__gte=by))
    return standing.order_by("pk").values_list("school_id", "area__name", "judged_at", "signed_at")


def _group_of(judged_at: datetime | None, signed_at: datetime | None, by: datetime) -> str:
    if judged_at is None or judged_at >= by:
        return ASKED
    return FOUND if signed_at is None or signed_at >= by else BEGUN


def figures_of(alliance_id: int, by: datetime) -> Figures:
    """Schools with a programme, by how far it had come at a moment and by area."""
    groups: dict[str, set[int]] = {words: set() for words in (ASKED, FOUND, BEGUN)}
    areas: dict[str, set[int]] = defaultdict(set)
    for school, area, judged_at, signed_at in answer(_counted, alliance=alliance_id, by=by):
        groups[_group_of(judged_at, signed_at, by)].add(school)
        areas[area].add(school)
    everywhere = set().union(*groups.values())
    total = in_fives(len(everywhere)) or None
    return Figures(total, rounded(groups.items()), rounded(sorted(areas.items())))
