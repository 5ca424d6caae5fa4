"""The half terms of a window, read off its school days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

A_BREAK = timedelta(days=8)
LONGEST_HALF_TERM = timedelta(days=70)
USUALLY_BEGIN = ((1, 1), (2, 20), (4, 12), (6, 1), (9, 1), (11, 1))

Period = tuple[date, date]


def half_terms_in(days: Sequence[date]) -> tuple[Period, ...]:
    """School days between two breaks of a week or more.

    Where no term dates are known there are no breaks: then half terms begin where they usually do.
    """
    if not days:
        return ()
    cuts = [later for one, later in pairwise(days) if later - one >= A_BREAK]
    whole = _cut(days, cuts)
    return tuple(part for each in whole for part in _shortened(days, each))


def _cut(days: Sequence[date], cuts: Sequence[date]) -> Iterator[Period]:
    begins = [days[0], *cuts]
    for first, then in zip(begins, [*cuts, None], strict=True):
        yield first, max(day for day in days if then is None or day < then)


def _shortened(days: Sequence[date], period: Period) -> Iterator[Period]:
    first, last = period
    if last - first <= LONGEST_HALF_TERM:
        yield period
        return
    within = [day for day in days if first <= day <= last]
    usual = {date(year, *at) for year in (first.year, last.year) for at in USUALLY_BEGIN}
    starts = sorted({min(day for day in within if day >= at) for at in usual if first < at <= last})
    yield from _cut(within, [day for day in starts if day > first])
