"""School days: weekdays less bank holidays until an authority's term dates are known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

UK = ZoneInfo("Europe/London")
CIVIL_FROM = time(8)
CIVIL_UNTIL = time(18)
SATURDAY = 5


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def bank_holiday(day: date) -> str:
    """The name of the bank holiday in England on that day, or nothing."""
    return _bank_holidays(day.year).get(day, "")


def closed_because(day: date) -> str:
    """Why schools are closed that day, in words, or nothing on a school day."""
    if day.weekday() >= SATURDAY:
        return "a Saturday" if day.weekday() == SATURDAY else "a Sunday"
    if name := bank_holiday(day):
        return f"a bank holiday ({name})"
    return ""


def is_school_day(day: date) -> bool:
    """Whether schools are open that day, as far as the portal knows."""
    return not closed_because(day)


def next_school_day(day: date) -> date:
    """That day itself, or the first school day after it."""
    while not is_school_day(day):
        day += timedelta(days=1)
    return day


def school_days_before(moment: datetime, count: int, *, hour: int = 17) -> datetime:
    """So many school days before a moment, at that hour of UK clock time."""
    day = moment.astimezone(UK).date()
    while count > 0:
        day -= timedelta(days=1)
        count -= is_school_day(day)
    return datetime.combine(day, time(hour), tzinfo=UK)


def waking_moment(moment: datetime) -> datetime:
    """That moment, or the next between 8am and 6pm of any day."""
    local = moment.astimezone(UK)
    if CIVIL_FROM <= local.time() < CIVIL_UNTIL:
        return moment
    day = local.date() + timedelta(days=local.time() >= CIVIL_UNTIL)
    return datetime.combine(day, CIVIL_FROM, tzinfo=UK)


def civil_moment(moment: datetime) -> datetime:
    """That moment, or the next between 8am and 6pm of a school day."""
    local = moment.astimezone(UK)
    day = local.date()
    if is_school_day(day) and CIVIL_FROM <= local.time() < CIVIL_UNTIL:
        return moment
    if local.time() >= CIVIL_UNTIL or not is_school_day(day):
        day += timedelta(days=1)
    return datetime.combine(next_school_day(day), CIVIL_FROM, tzinfo=UK)
