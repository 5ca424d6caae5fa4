"""A timetable to begin with: the usual parts, stretched over the hours of the day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from partnership.calendar.days import UK
from reviews.cycles.models import Cycle, ReviewDay
from reviews.days.models import TimetableEntry

Kind = TimetableEntry.Kind
HEAD = "The headteacher"
STEP = 5
DAYS = {Cycle.Length.HALF: 1, Cycle.Length.ONE: 1, Cycle.Length.TWO: 2, Cycle.Length.THREE: 3}


class GivenPart(NamedTuple):
    """A part, and for how many minutes of a usual day."""

    kind: Kind
    title: str
    minutes: int
    partner: str = ""


WELCOME = GivenPart(Kind.MEETING, "Welcome and the day ahead", 30, HEAD)
LAST_WORDS = GivenPart(Kind.MEETING, "First impressions for the headteacher", 15, HEAD)
UNTIL_TOMORROW = GivenPart(Kind.MEETING, "What the team looks at tomorrow", 15, HEAD)
WHOLE = (
    GivenPart(Kind.WALK, "Learning walk", 60),
    GivenPart(Kind.TEAM, "The team compares what it has seen", 15),
    GivenPart(Kind.BREAK, "Break", 15),
    GivenPart(Kind.PUPILS, "Pupil voice", 45),
    GivenPart(Kind.WORK, "Work scrutiny", 60),
    GivenPart(Kind.BREAK, "Lunch", 45),
    GivenPart(Kind.GOVERNORS, "Governors", 30),
    GivenPart(Kind.STAFF, "Staff", 30),
    GivenPart(Kind.WALK, "Learning walk on the focus", 45),
    GivenPart(Kind.TEAM, "The team brings its evidence together", 30),
)
HALF = (
    GivenPart(Kind.WALK, "Learning walk", 45),
    GivenPart(Kind.PUPILS, "Pupil voice", 30),
    GivenPart(Kind.WORK, "Work scrutiny", 40),
    GivenPart(Kind.STAFF, "Staff and governors", 25),
    GivenPart(Kind.TEAM, "The team brings its evidence together", 25),
)


def days_of(cycle: Cycle) -> int:
    """How many days a review of the cycle has."""
    return DAYS[Cycle.Length(cycle.length)]


def hours_of(day: ReviewDay) -> tuple[time, time]:
    """From when until when the team is there, on the UK's clock."""
    return day.starts_at.astimezone(UK).time(), day.ends_at.astimezone(UK).time()


def given_parts(day: ReviewDay) -> list[TimetableEntry]:
    """The parts of each of its days, not saved yet; the host names the partners."""
    count = days_of(day.cycle)
    middle = HALF if day.cycle.length == Cycle.Length.HALF else WHOLE
    made = []
    for number in range(1, count + 1):
        last = LAST_WORDS if number == count else UNTIL_TOMORROW
        made += _stretched((WELCOME, *middle, last), hours_of(day), number)
    return made


def _stretched(
    parts: tuple[GivenPart, ...], hours: tuple[time, time], number: int
) -> list[TimetableEntry]:
    begins, ends = (datetime.combine(date.min, clock) for clock in hours)
    there = (ends - begins) / timedelta(minutes=1)
    usual = sum(part.minutes for part in parts)
    made, before = [], 0
    for part in parts:
        starts, before = _after(there * before / usual), before + part.minutes
        until = ends if before == usual else begins + _after(there * before / usual)
        if until > begins + starts:
            made.append(
                TimetableEntry(
                    number=number,
                    starts_time=(begins + starts).time(),
                    ends_time=until.time(),
                    kind=part.kind,
                    title=part.title,
                    partner=part.partner,
                )
            )
    return made


def _after(minutes: float) -> timedelta:
    """So many minutes, to the next five."""
    return timedelta(minutes=STEP * round(minutes / STEP))
