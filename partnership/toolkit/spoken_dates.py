"""Days and times as the portal writes them: "Tuesday 12 January 2027, 4pm", in London."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

NOON = 12
LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_london(value: datetime) -> datetime:
    """The same moment on London's clock; a moment without a zone is on it already."""
    return value.replace(tzinfo=LONDON) if value.tzinfo is None else value.astimezone(LONDON)


def london_day(value: date) -> date:
    """The day that London has at a moment; a day stays itself."""
    return in_london(value).date() if isinstance(value, datetime) else value


def spoken_day(value: date) -> str:
    """Tuesday 12 January 2027."""
    day = london_day(value)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_date(value: date) -> str:
    """1 September 2019: for days long past or far off, whose weekday nobody needs."""
    day = london_day(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_day_short(value: date) -> str:
    """12 Jan."""
    day = london_day(value)
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def spoken_clock(value: datetime | time) -> str:
    """4pm, 4.30pm; midday is 12pm and midnight 12am."""
    clock = in_london(value) if isinstance(value, datetime) else value
    minutes = f".{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % NOON or NOON}{minutes}{'am' if clock.hour < NOON else 'pm'}"


def spoken_moment(value: date) -> str:
    """Tuesday 12 January 2027, 4pm; a day without a time is just the day."""
    if not isinstance(value, datetime):
        return spoken_day(value)
    return f"{spoken_day(value)}, {spoken_clock(value)}"


def spoken_end(starts: date, ends: date) -> str:
    """How a span ends: by the clock alone where it ends on the day it began."""
    if isinstance(ends, datetime) and london_day(starts) == london_day(ends):
        return spoken_clock(ends)
    return spoken_moment(ends)


def spoken_span(starts: date, ends: date | None) -> str:
    """Tuesday 12 January 2027, 4pm to 5.30pm."""
    if ends is None or ends == starts:
        return spoken_moment(starts)
    return f"{spoken_moment(starts)} to {spoken_end(starts, ends)}"


def machine_time(value: date) -> str:
    """What stands in `<time datetime="">`: a day, or a moment with its offset."""
    if isinstance(value, datetime):
        return in_london(value).isoformat(timespec="minutes")
    return value.isoformat()
