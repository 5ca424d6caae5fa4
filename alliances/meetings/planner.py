"""Days for meetings: the next ones on which everybody asked is free, and those of a series."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db import models

from alliances.meetings.clashes import Asked, Span
from alliances.meetings.models import Meeting
from alliances.schools.closures import closures_of, next_open_days
from alliances.schools.owners import references
from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import DAY, UK, closed_because, is_school_day

FREE_DAYS = 5
LOOKS_AT = 60
LONGEST_SHIFT = 30
LONGEST_BREAK = 10
MOST_MEETINGS = 15
WEEK = timedelta(days=7)


def free_days(
    *, span: Span, asked: Asked, today: date, besides: Meeting | None = None
) -> list[date]:
    """Up to five next school days on which nobody asked is closed or called elsewhere at that time.

    As many queries for one person as for hundreds.
    """
    first = max(span[0].astimezone(UK).date(), today) + DAY
    days = next_open_days(asked.schools, first=first, count=LOOKS_AT)
    busy = _busy(asked, days, besides) if days else []
    free = (day for day in days if not _overlaps(span_on(day, span), busy))
    return list(islice(free, FREE_DAYS))


def span_on(day: date, span: Span) -> Span:
    """The same times of day, as the UK's clocks say them, on another day."""
    starts, ends = (moment.astimezone(UK) for moment in span)
    starts_at = datetime.combine(day, starts.time(), tzinfo=UK)
    ends_at = datetime.combine(day + (ends.date() - starts.date()), ends.time(), tzinfo=UK)
    return starts_at, ends_at


def _busy(asked: Asked, days: Sequence[date], besides: Meeting | None) -> list[Span]:
    """When any of them is called to another meeting, from the first to the last of these days."""
    starts_at = datetime.combine(days[0], time(), tzinfo=UK)
    ends_at = datetime.combine(days[-1] + 2 * DAY, time(), tzinfo=UK)
    others = Meeting.objects.filter(
        state__in=Meeting.LIVE_STATES,
        ends_at__gt=starts_at,
        starts_at__lt=ends_at,
        replies__person__in=asked.people,
        replies__ended_at=None,
    )
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    return list(others.distinct().values_list("starts_at", "ends_at"))


def _overlaps(span: Span, busy: Collection[Span]) -> bool:
    return any(starts < span[1] and ends > span[0] for starts, ends in busy)


class Repeat(models.TextChoices):
    """How often a series meets."""

    ONCE = "once", "Once"
    MONTHLY = "monthly", "Every month, on the same weekday of the month"
    HALF_TERM = "half_term", "Every half term, in the same week of it"


@dataclass(frozen=True)
class Planned:
    """A day of a series; `instead_of` is the closed one that it was to be, and why that is closed."""

    day: date
    instead_of: date | None = None
    because: str = ""


class NoDatesKnown(Exception):
    """The half terms of the schools asked aren’t known for that time."""


def series_of(first: date, repeat: str, *, until: date | None, asked: Asked) -> list[Planned]:
    """The days of a series, each closed one moved to the next day on which all schools are open.

    Raises NoDatesKnown where half terms are asked for and none are known.
    """
    dates = shared_dates(asked.schools)
    last = until if until is not None and repeat != Repeat.ONCE else first
    if repeat == Repeat.HALF_TERM:
        wished = _each_half_term(first, dates)
    elif repeat == Repeat.MONTHLY:
        wished = _each_month(first)
    else:
        wished = iter([first])
    days: list[date] = []
    for day in islice(wished, MOST_MEETINGS):
        if day > last:
            break
        days.append(day)
    return _shifted(days, asked)


def next_open_week(day: date, schools: Any) -> date:
    """That day, or the same weekday of the next week in which most of these schools are open."""
    dates = shared_dates(schools)
    weeks = (day + number * WEEK for number in range(LONGEST_BREAK))
    return next((each for each in weeks if is_school_day(each, dates)), day)


def shared_dates(schools: Any) -> TermDates | None:
    """The term dates that most of these schools have, by their keys or a query for them."""
    found = list(references(schools).values())
    if not found:
        return None
    commonest = max(sorted(set(found), key=repr), key=found.count)
    return dates_of([commonest])[commonest]


def _each_month(first: date) -> Iterator[date]:
    """The same weekday of each month: the second Tuesday; of a fifth one the last."""
    number = (first.day - 1) // 7
    year, month = first.year, first.month
    while True:
        start = date(year, month, 1)
        day = start + timedelta(days=(first.weekday() - start.weekday()) % 7) + number * WEEK
        yield day if day.month == month else day - WEEK
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 December


def _each_half_term(first: date, dates: TermDates | None) -> Iterator[date]:
    """The same weekday in the same week of each half term; of a shorter one in its last week."""
    current = dates.half_term_of(first) if dates is not None else None
    if dates is None or current is None:
        raise NoDatesKnown
    weeks = _monday(first) - _monday(current.starts_on)
    for half_term in dates.half_terms:
        if half_term.starts_on < current.starts_on:
            continue
        day = _monday(half_term.starts_on) + weeks + timedelta(days=first.weekday())
        while day > half_term.ends_on:
            day -= WEEK
        yield max(day, half_term.starts_on)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _shifted(days: list[date], asked: Asked) -> list[Planned]:
    """Each day, or the next one on which all schools asked are open; in constant queries."""
    looked_at = {day + timedelta(days=number) for day in days for number in range(LONGEST_SHIFT)}
    weekdays = [day for day in looked_at if is_school_day(day)]
    reasons: dict[date, str] = {}
    for (_school, day), closure in closures_of(asked.schools, weekdays).items():
        reasons.setdefault(day, closure.words)
    reasons |= {day: because for day in looked_at if (because := closed_because(day))}
    planned = []
    for wished in days:
        candidates = (wished + timedelta(days=number) for number in range(LONGEST_SHIFT))
        day = next((day for day in candidates if day not in reasons), wished)
        if day == wished:
            planned.append(Planned(day))
        else:
            planned.append(Planned(day, wished, reasons[wished]))
    return list({each.day: each for each in planned}.values())
