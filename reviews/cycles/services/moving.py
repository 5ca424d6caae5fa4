"""A review day is moved by hand."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.registers import follow
from reviews.cycles.models import ReviewDay, RotaChange
from reviews.cycles.services.day_news import (
    keep_change,
    record_day,
    snapshot,
    tell_asked,
    tell_changed,
)
from reviews.cycles.services.holding import planned_day
from reviews.cycles.services.placing import move_day


@transaction.atomic
def move_by_hand(
    *, day: ReviewDay, to: date, by: Person, now: datetime, seen_version: int | None = None
) -> ReviewDay:
    """The day is another one: the host is told, and everybody of the team is asked anew.

    Raises NotPlanned or ChangedSince.
    """
    current = planned_day(day, seen_version=seen_version)
    if current.day == to:
        return current
    before = snapshot(current)
    asked = move_day(current, to, now)
    follow("review_day", [current.pk], now)
    keep_change(current, RotaChange.Kind.MOVED, before=before, by=by, now=now)
    for place in asked:
        place.day = current
        tell_asked(place, by=by, now=now, has_moved=True)
    tell_changed(current, (), what="moved", by=by, now=now)
    record_day("review day moved", current, by=by, now=now, values={"from": before["date"]})
    return current
