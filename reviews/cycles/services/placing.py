"""Rows of the published rota: a host's day is set, moved or ended, and people are asked to come."""

from __future__ import annotations

from datetime import date, datetime

from alliances.schools.closures import next_open_days
from partnership.calendar.days import UK, school_days_after
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer, DayPlace, ReviewDay

Span = tuple[datetime, datetime]


def span_of(cycle: Cycle, school_id: int, first: date) -> Span:
    """From the first morning to the last afternoon of a review that begins on a day."""
    days = [first]
    if cycle.days_each > 1:
        days = next_open_days([school_id], first=first, count=cycle.days_each) or days
    starts_at = datetime.combine(first, cycle.starts_time, tzinfo=UK)
    return starts_at, datetime.combine(days[-1], cycle.ends_time, tzinfo=UK)


def set_day(cycle: Cycle, host: CycleHost, first: date, now: datetime) -> ReviewDay:
    """A new day of a host, with nobody asked yet."""
    starts_at, ends_at = span_of(cycle, host.school_id, first)
    return ReviewDay.objects.create(
        cycle=cycle,
        host=host,
        school_id=host.school_id,
        day=first,
        last_day=ends_at.date(),
        starts_at=starts_at,
        ends_at=ends_at,
        published_at=now,
        changed_at=now,
    )


def place(day: ReviewDay, reviewer: CycleReviewer, is_lead: bool, now: datetime) -> DayPlace:  # noqa: FBT001 the four make one sentence
    """Somebody is asked to come, and has as many school days to answer as the cycle gives."""
    return DayPlace.objects.create(
        day=day,
        reviewer=reviewer,
        person_id=reviewer.reviewer.person_id,
        is_lead=is_lead,
        asked_at=now,
        answer_by=answer_by(day, now),
    )


def answer_by(day: ReviewDay, now: datetime) -> datetime:
    """When the answer is due: never after the day begins."""
    return min(school_days_after(now, day.cycle.answer_days), max(day.starts_at, now))


def end_place(standing: DayPlace, now: datetime) -> None:
    """She is asked no more; what she answered stays with the row."""
    standing.ended_at = now
    standing.version += 1
    standing.save(update_fields=["ended_at", "version"])


def shift_day(day: ReviewDay, to: date, now: datetime) -> None:
    """The day alone is another one; who is asked to it is for the caller."""
    day.starts_at, day.ends_at = span_of(day.cycle, day.school_id, to)
    day.day, day.last_day = to, day.ends_at.date()
    day.sequence += 1
    day.version += 1
    day.changed_at = now
    day.save(
        update_fields=[
            "day",
            "last_day",
            "starts_at",
            "ends_at",
            "sequence",
            "version",
            "changed_at",
        ]
    )


def move_day(day: ReviewDay, to: date, now: datetime) -> list[DayPlace]:
    """The day is another one, and everybody who was to come is asked anew; gives who is asked.

    Whoever declined isn't asked again.
    """
    shift_day(day, to, now)
    places = DayPlace.objects.filter(day=day, ended_at=None).order_by("pk")
    asked = []
    for standing in places.select_related("reviewer__reviewer"):
        end_place(standing, now)
        if standing.answer != DayPlace.Answer.DECLINED:
            asked.append(place(day, standing.reviewer, standing.is_lead, now))
    return asked


def cancel_day(day: ReviewDay, because: str, now: datetime) -> list[DayPlace]:
    """The day is called off, and nobody is asked any more; gives who was."""
    day.state = ReviewDay.State.CANCELLED
    day.cancelled_at, day.cancelled_because = now, because
    day.changed_at = now
    day.version += 1
    day.save(update_fields=["state", "cancelled_at", "cancelled_because", "changed_at", "version"])
    places = list(DayPlace.objects.filter(day=day, ended_at=None).order_by("pk"))
    for standing in places:
        end_place(standing, now)
    return places
