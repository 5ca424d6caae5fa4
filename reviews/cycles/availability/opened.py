"""The school days of a cycle: those of its window on which the alliance's schools are mostly open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from alliances.membership.models import Membership
from alliances.schools.closures import closures_of
from partnership.calendar.days import is_school_day
from reviews.cycles.models import Cycle


def weekdays_of(first: date, last: date) -> tuple[date, ...]:
    """Monday to Friday between two days, both counted, without bank holidays."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if is_school_day(day))


def most_are_open(
    days: Iterable[date], closed: Collection[tuple[int, date]], schools: int
) -> tuple[date, ...]:
    """The days on which half of so many schools or more are open; all where there are none."""
    shut = Counter(day for _school, day in closed)
    return tuple(day for day in days if 2 * shut[day] <= schools)


def school_days_of(cycle: Cycle) -> tuple[date, ...]:
    """In their order; in four queries at most, however long the window and large the alliance."""
    days = weekdays_of(cycle.starts_on, cycle.ends_on)
    members = Membership.objects.on_or_after(cycle.starts_on).filter(
        alliance=cycle.alliance_id, starts_on__lte=cycle.ends_on
    )
    schools = set(members.values_list("school", flat=True))
    return most_are_open(days, closures_of(schools, days).keys(), len(schools))
