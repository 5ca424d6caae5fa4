"""What each reviewer says for herself before the day: her declaration, and that she has read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Review, TeamStep
from reviews.days.notices.preparing import CONNECTION_SAID
from reviews.days.services.opening import locked_open
from reviews.days.services.telling import host_people, record_of, team_people, tell_of


class NotInTheTeam(Exception):
    """She has left the team, or not accepted."""


def _own_step(review: Review, person: Person) -> tuple[Review, TeamStep]:
    current = locked_open(review)
    if person.pk not in team_people(current):
        raise NotInTheTeam
    step, _is_new = TeamStep.objects.get_or_create(review=current, person=person)
    return current, lock(step)


@transaction.atomic
def declare(*, review: Review, connection: str, by: Person, now: datetime) -> TeamStep:
    """Say whether she has a connection with the school; one that is new the host and lead hear of."""
    current, step = _own_step(review, by)
    is_said = bool(connection) and connection != step.connection
    changed = apply_changes(step, {"connection": connection, "declared_at": now})
    record_of("declaration given", current, by=by, now=now, fields=changed)
    if is_said:
        people = host_people(current, on=london_day(now)) | team_people(current, only_lead=True)
        what = f"{by.pk}:{step.version}"
        tell_of(current, people, kind=CONNECTION_SAID, what=what, by=by, now=now)
    return step


@transaction.atomic
def say_read(*, review: Review, by: Person, now: datetime) -> TeamStep:
    """She has read what was to be read by now."""
    current, step = _own_step(review, by)
    apply_changes(step, {"read_at": now})
    record_of("reading done", current, by=by, now=now)
    return step


@transaction.atomic
def take_reading_back(*, review: Review, by: Person, now: datetime) -> TeamStep:
    """She hasn't read it after all."""
    current, step = _own_step(review, by)
    if apply_changes(step, {"read_at": None}):
        record_of("reading taken back", current, by=by, now=now)
    return step
