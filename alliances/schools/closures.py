"""Which schools are closed on which days: for warnings before people are asked to come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import Closure
from partnership.calendar.days import closure_on


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
