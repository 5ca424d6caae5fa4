"""Which schools are closed on which days: for warnings before people are asked to come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import islice

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import Closure
from partnership.calendar.days import DAY, closure_on

FARTHEST = 400


def closures_of(
    school_ids: Collection[int], days: Collection[date]
) -> dict[tuple[int, date], Closure]:
    """Why each of these schools has no school on which of these days, for those that haven’t.

    One query for the schools, and at most two for dates that aren’t kept, however many there are.
    """
    found = references(school_ids)
    dates = dates_of(set(found.values()))
    closures = {
        (school_id, day): closure_on(day, dates[reference])
        for school_id, reference in found.items()
        for day in days
    }
    return {place: closure for place, closure in closures.items() if closure is not None}


def next_open_days(school_ids: Collection[int], *, first: date, count: int) -> list[date]:
    """The first days from `first` on that none of these schools is closed on.

    Fewer than `count` where there aren’t so many within a year and a bit; costs what `closures_of`
    does, however many schools and days it looks at.
    """
    dates = dates_of(set(references(school_ids).values()))
    calendars = tuple(dates.values()) or (None,)
    days = (first + number * DAY for number in range(FARTHEST))
    return list(
        islice(
            (day for day in days if all(closure_on(day, each) is None for each in calendars)),
            count,
        )
    )
