"""School days: by term dates where they are known, else weekdays less bank holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from partnership.calendar.dates import Closure, TermDates

UK = ZoneInfo("Europe/London")
CIVIL_FROM = time(8)
CIVIL_UNTIL = time(18)
SATURDAY = 5
DAY = timedelta(days=1)
AS_SCHOOLS_SAY = {
    "Boxing Day (observed)": "Boxing Day, substitute day",
    "Christmas Day (observed)": "Christmas Day, substitute day",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "May Day": "Early May bank holiday",
    "New Year's Day": "New Year’s Day",
    "New Year's Day (observed)": "New Year’s Day, substitute day",
    "Spring Bank Holiday": "Spring bank holiday",
}


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return {day: AS_SCHOOLS_SAY.get(name, name) for day, name in found.items()}


def bank_holiday(day: date) -> str:
    """The name of the bank holiday in England on that day, or nothing."""
    return _bank_holidays(day.year).get(day, "")


def bank_holidays_between(first: date, last: date) -> dict[date, str]:
    """The bank holidays from one day to another, in their order."""
    years = range(first.year, last.year + 1)
    found = [entry for year in years for entry in _bank_holidays(year).items()]
    return {day: name for day, name in sorted(found) if first <= day <= last}


def closure_on(day: date, dates: TermDates | None = None) -> Closure | None:
    """Why schools are closed that day, or nothing on a school day."""
    if day.weekday() >= SATURDAY:
        return Closure("weekend", "a Saturday" if day.weekday() == SATURDAY else "a Sunday")
    if name := bank_holiday(day):
        return Closure("bank_holiday", f"a bank holiday ({name})")
    return dates.why_closed(day) if dates is not None else None


def closed_because(day: date, dates: TermDates | None = None) -> str:
    """Why schools are closed that day, in words, or nothing on a school day."""
    closure = closure_on(day, dates)
    return closure.words if closure else ""


def is_school_day(day: date, dates: TermDates | None = None) -> bool:
    """Whether schools are open that day, as far as the portal knows."""
    return closure_on(day, dates) is None


def next_school_day(day: date, dates: TermDates | None = None) -> date:
    """That day itself, or the first school day after it."""
    while not is_school_day(day, dates):
        day += DAY
    return day


def previous_school_day(day: date, dates: TermDates | None = None) -> date:
    """That day itself, or the last school day before it."""
    while not is_school_day(day, dates):
        day -= DAY
    return day


def school_days_between(first: date, last: date, dates: TermDates | None = None) -> int:
    """How many school days there are from one day to another, both counted."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(is_school_day(day, dates) for day in days)


def school_days_before(
    moment: datetime, count: int, *, hour: int = 17, dates: TermDates | None = None
) -> datetime:
    """So many school days before a moment, at that hour of UK clock time."""
    day = moment.astimezone(UK).date()
    while count > 0:
        day -= DAY
        count -= is_school_day(day, dates)
    return datetime.combine(day, time(hour), tzinfo=UK)


def school_days_after(
    moment: datetime, count: int, *, hour: int = 17, dates: TermDates | None = None
) -> datetime:
    """So many school days after a moment, at that hour of UK clock time."""
    day = moment.astimezone(UK).date()
    while count > 0:
        day += DAY
        count -= is_school_day(day, dates)
    return datetime.combine(day, time(hour), tzinfo=UK)


def waking_moment(moment: datetime) -> datetime:
    """That moment, or the next between 8am and 6pm of any day."""
    local = moment.astimezone(UK)
    if CIVIL_FROM <= local.time() < CIVIL_UNTIL:
        return moment
    day = local.date() + timedelta(days=local.time() >= CIVIL_UNTIL)
    return datetime.combine(day, CIVIL_FROM, tzinfo=UK)


def morning_of(day: date | None, now: datetime) -> datetime | None:
    """8am of a day that is still to come; nothing for a day that is here or past, or none."""
    if day is None or day <= now.astimezone(UK).date():
        return None
    return datetime.combine(day, CIVIL_FROM, tzinfo=UK)


def civil_moment(moment: datetime, dates: TermDates | None = None) -> datetime:
    """That moment, or the next between 8am and 6pm of a school day."""
    local = moment.astimezone(UK)
    day = local.date()
    is_open = is_school_day(day, dates)
    if is_open and CIVIL_FROM <= local.time() < CIVIL_UNTIL:
        return moment
    if local.time() >= CIVIL_UNTIL or not is_open:
        day += DAY
    return datetime.combine(next_school_day(day, dates), CIVIL_FROM, tzinfo=UK)
