"""Days on which the demo's people meet: none in the holidays of their schools."""

from __future__ import annotations

from datetime import date, timedelta

from alliances.membership.models import Alliance
from partnership.calendar.calendars import dates_for
from partnership.calendar.dates import TermDates
from partnership.calendar.days import is_school_day, next_school_day, previous_school_day
from partnership.toolkit.registers.owners import references_of_schools

WEEK = timedelta(days=7)


def dates_in(alliance: Alliance) -> TermDates | None:
    """The term dates of the school that has belonged longest."""
    schools = alliance.memberships.order_by("starts_on", "pk").values_list("school", flat=True)
    first = schools.first()
    return None if first is None else dates_for(references_of_schools([first])[first])


def open_day(wished: date, dates: TermDates | None, *, is_ahead: bool) -> date:
    """That day or one near it, whole weeks away where schools are on holiday."""
    day = next_school_day(wished) if is_ahead else previous_school_day(wished)
    while not is_school_day(day, dates):
        day += WEEK if is_ahead else -WEEK
    return day
