"""A board of dates: whose they are, which cycles ask for them, and what stands on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from alliances.schools.closures import closures_of
from alliances.schools.models import School
from partnership.calendar.dates import Closure
from partnership.calendar.days import DAY, closure_on
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from reviews.cycles.availability.months import Marks, Month, days_between, months_of, next_month
from reviews.cycles.models import (
    BlockedDay,
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    ReviewDay,
)

MONTHS_AHEAD = 6
MOST_MONTHS = 13
ASKING = (Cycle.State.ASKING, Cycle.State.PUBLISHED)
OF_CYCLE = ("cycle__alliance", "cycle__organiser")

Entry = CycleReviewer | CycleHost


@dataclass(frozen=True)
class Whose:
    """The person or the school whose days they are, and the cycles that ask for them.

    `home` is the school whose calendar closes days; `is_own` whether the reader may read and say why.
    """

    owner: Person | School
    entries: Sequence[Entry]
    home: int | None
    is_own: bool

    @property
    def of_school(self) -> bool:
        """Whether a school’s days are shown, and not a person’s."""
        return isinstance(self.owner, School)

    @property
    def named(self) -> dict[str, Any]:
        """The owner as services and rows name it."""
        return {"school" if self.of_school else "person": self.owner}

    @property
    def to_give(self) -> list[Entry]:
        """Cycles that still wait for the word that these are all dates."""
        return [each for each in self.entries if each.dates_given_at is None]


@dataclass(frozen=True)
class Visit:
    """A published day on which she visits or the school is reviewed."""

    review: ReviewDay

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return list(days_between(self.review.day, self.review.last_day))

    @property
    def url(self) -> str:
        """Where it stands, with what to do about it."""
        return self.review.get_absolute_url()


@dataclass(frozen=True)
class Board:
    """All that the page of dates shows."""

    whose: Whose
    first: date
    last: date
    closed: dict[date, Closure]
    blocked: dict[date, BlockedDay]
    kept: frozenset[date]
    visits: list[Visit]
    now: datetime

    @property
    def asked(self) -> list[tuple[Entry, bool]]:
        """The cycles that ask for these dates, and whether the dates are late."""
        return [
            (each, each.dates_given_at is None and each.cycle.is_late_with_dates(self.now))
            for each in self.whose.entries
        ]

    @property
    def months(self) -> list[Month]:
        """Month by month."""
        reviews = {day for visit in self.visits for day in visit.days}
        marks = Marks(self.closed, self.blocked.keys(), self.kept, reviews)
        return months_of(self.first, self.last, marks)

    @property
    def choosable(self) -> list[date]:
        """The days that can be blocked or are."""
        return [day for day in days_between(self.first, self.last) if day not in self.closed]

    @property
    def clashes(self) -> list[tuple[date, Visit]]:
        """Blocked days on which a published review lies."""
        return [(day, visit) for visit in self.visits for day in visit.days if day in self.blocked]

    @property
    def reasons(self) -> list[BlockedDay]:
        """Blocked days of which the reader may read why."""
        found = sorted(self.blocked.items()) if self.whose.is_own else []
        return [row for _day, row in found if row.because]


def entries_of(owner: Person | School) -> list[Any]:
    """The cycles that ask somebody, or a school, for dates, the next window first."""
    if isinstance(owner, School):
        rows: Any = CycleHost.objects.filter(school=owner).select_related(*OF_CYCLE)
    else:
        rows = CycleReviewer.objects.filter(reviewer__person=owner)
        rows = rows.select_related("reviewer", *OF_CYCLE)
    asked = rows.filter(left_at=None, cycle__opened_at__isnull=False, cycle__state__in=ASKING)
    return list(asked.order_by("cycle__starts_on", "pk"))


def window_of(cycles: Sequence[Cycle], today: date) -> tuple[date, date]:
    """From the first to the last day that cycles ask for, from today on; else the coming months."""
    ahead = [cycle for cycle in cycles if cycle.ends_on >= today]
    first = max(today, min((cycle.starts_on for cycle in ahead), default=today))
    last = max((cycle.ends_on for cycle in ahead), default=_months_on(first, MONTHS_AHEAD))
    return first, min(last, _months_on(first, MOST_MONTHS))


def _months_on(day: date, count: int) -> date:
    for _ in range(count):
        day = next_month(day)
    return day - DAY


def board_of(whose: Whose, reader: Person, now: datetime) -> Board:
    """What stands on which day; the number of queries is the same for any window."""
    first, last = window_of([each.cycle for each in whose.entries], london_day(now))
    rows = BlockedDay.objects.filter(**whose.named, day__range=(first, last))
    blocked = {row.day: row for row in rows}
    kept = (
        () if whose.is_own else (d for d, row in blocked.items() if row.blocked_by_id != reader.pk)
    )
    return Board(
        whose=whose,
        first=first,
        last=last,
        closed=_closed(whose.home, list(days_between(first, last))),
        blocked=blocked,
        kept=frozenset(kept),
        visits=_visits(whose, first, last),
        now=now,
    )


def _closed(school: int | None, days: list[date]) -> dict[date, Closure]:
    if school is None:
        return {day: closure for day in days if (closure := closure_on(day)) is not None}
    return {day: closure for (_school, day), closure in closures_of([school], days).items()}


def _visits(whose: Whose, first: date, last: date) -> list[Visit]:
    cycles = [each.cycle_id for each in whose.entries if each.cycle.has_rota]
    if not cycles:
        return []
    days = ReviewDay.objects.standing().filter(
        cycle__in=cycles, day__lte=last, last_day__gte=first, held_at=None
    )
    if whose.of_school:
        days = days.filter(school=whose.owner.pk)
    else:
        places = DayPlace.objects.filter(~Q(answer=DayPlace.Answer.DECLINED), ended_at=None)
        days = days.filter(pk__in=places.filter(person=whose.owner.pk).values("day"))
    return [Visit(review) for review in days.order_by("day", "pk")]
