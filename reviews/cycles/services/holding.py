"""A review day is called off, stands again, was held, or wasn't after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.registers import follow
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from reviews.cycles.models import DayPlace, ReviewDay, RotaChange
from reviews.cycles.services.day_news import (
    going_to,
    keep_change,
    record_day,
    snapshot,
    tell_asked,
    tell_changed,
)
from reviews.cycles.services.placing import cancel_day, place

State = ReviewDay.State


class NotPlanned(Exception):
    """The day was held or called off: its plan stands no longer."""


class NotOverYet(Exception):
    """Nobody can say of a day to come that it was held."""


class NotCancelled(Exception):
    """Only a day that was called off, and that is still to come, can stand again."""


class NotHeld(Exception):
    """The day isn't said to be held."""


class HasAnotherDay(Exception):
    """The host has another day by now."""


def planned_day(day: ReviewDay, *, seen_version: int | None = None) -> ReviewDay:
    """The day, locked, as long as it is planned."""
    current = locked_day(day)
    if current.state != State.PLANNED:
        raise NotPlanned
    if seen_version is not None and current.version != seen_version:
        raise ChangedSince(current)
    return current


def locked_day(day: ReviewDay) -> ReviewDay:
    """The day's row, locked; its cycle and its school stay loaded."""
    current = lock(day)
    current.cycle, current.school = day.cycle, day.school
    return current


@transaction.atomic
def call_off_day(*, day: ReviewDay, because: str, by: Person, now: datetime) -> ReviewDay:
    """Call a day off and say why; the host and the team are told. Raises NotPlanned."""
    current = planned_day(day)
    before, told = snapshot(current), going_to(current)
    cancel_day(current, because, now)
    follow("review_day", [current.pk], now)
    kind = RotaChange.Kind.CANCELLED
    keep_change(current, kind, before=before, by=by, now=now, because=because)
    tell_changed(current, told, what="called-off", by=by, now=now)
    record_day("review day called off", current, by=by, now=now)
    return current


@transaction.atomic
def restore_day(*, day: ReviewDay, by: Person, now: datetime) -> ReviewDay:
    """It takes place after all, and its team is asked anew. Raises NotCancelled or HasAnotherDay."""
    current = locked_day(day)
    if current.state != State.CANCELLED or current.starts_at <= now:
        raise NotCancelled
    if ReviewDay.objects.standing().filter(host=current.host_id).exists():
        raise HasAnotherDay
    team = DayPlace.objects.filter(day=current, ended_at=current.cancelled_at)
    changes = {"state": State.PLANNED, "cancelled_at": None, "cancelled_because": ""}
    going = team.exclude(answer=DayPlace.Answer.DECLINED).select_related("reviewer__reviewer")
    asked = [place(current, each.reviewer, each.is_lead, now) for each in going.order_by("pk")]
    apply_changes(current, {**changes, "changed_at": now})
    follow("review_day", [current.pk], now)
    keep_change(current, RotaChange.Kind.RESTORED, before={}, by=by, now=now)
    for each in asked:
        each.day = current
        tell_asked(each, by=by, now=now)
    tell_changed(current, (), what="restored", by=by, now=now)
    record_day("review day stands again", current, by=by, now=now)
    return current


@transaction.atomic
def say_held(*, day: ReviewDay, by: Person, now: datetime) -> ReviewDay:
    """Say that a day that is over was held. Raises NotPlanned or NotOverYet."""
    current = planned_day(day)
    if current.ends_at > now:
        raise NotOverYet
    apply_changes(current, {"state": State.HELD, "held_at": now, "changed_at": now})
    record_day("review day held", current, by=by, now=now)
    return current


@transaction.atomic
def take_back_held(*, day: ReviewDay, by: Person, now: datetime) -> ReviewDay:
    """It wasn't held, or not yet: it is planned again. Raises NotHeld or GoneFurther."""
    current = locked_day(day)
    if current.state != State.HELD:
        raise NotHeld
    apply_changes(current, {"state": State.PLANNED, "held_at": None, "changed_at": now})
    follow("review_day", [current.pk], now)
    record_day("review day not held after all", current, by=by, now=now)
    return current
