"""The terms that support usually runs over: the next five of the supported school's calendar."""

from __future__ import annotations

from datetime import date, datetime

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.dates import TermDates
from partnership.calendar.days import DAY, school_days_after
from partnership.calendar.terms import Term, term_containing
from partnership.toolkit.spoken_dates import london_day

USUAL_TERMS = 5
MOST_TERMS = 8
USUAL_SIGNING_DAYS = 10


def next_terms(today: date, dates: TermDates | None, *, count: int = USUAL_TERMS) -> list[Term]:
    """The terms that begin after today, by known dates and else by the usual ones."""
    found: list[Term] = []
    day = today + DAY
    while len(found) < count:
        term = term_containing(day, dates)
        if term.starts_on >= day:
            found.append(term)
        day = max(day, term.ends_on) + DAY
    return found


def usual_times(school_id: int, now: datetime) -> tuple[list[Term], date]:
    """The next five terms by the school's own dates, and the day by which all usually sign."""
    dates = dates_for(references([school_id])[school_id])
    sign_by = school_days_after(now, USUAL_SIGNING_DAYS, dates=dates)
    return next_terms(london_day(now), dates), london_day(sign_by)
