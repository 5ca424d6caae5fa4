"""What the host prepares: the focus, the planning meeting, and whom to ring."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes
from reviews.days.models import Review
from reviews.days.notices.preparing import (
    FOCUS_CHANGED,
    FOCUS_GIVEN,
    PLANNING_MOVED,
    PLANNING_OFF,
    PLANNING_SET,
)
from reviews.days.services.opening import locked_open
from reviews.days.services.telling import everybody_of, record_of, team_people, tell_of


class NoPlanningMeeting(Exception):
    """None is arranged, or no longer."""


class AfterTheDay(Exception):
    """The planning meeting would end after the review has begun."""


def given_at(before: datetime | None, *, is_there: bool, now: datetime) -> datetime | None:
    """When the data of a step was given first; nothing once it is gone."""
    return (before or now) if is_there else None


@transaction.atomic
def word_focus(
    *, review: Review, focus: str, lines: str, seen_version: int, by: Person, now: datetime
) -> Review:
    """What the team is to look at; an empty focus asks the host for one again."""
    current = locked_open(review, seen_version=seen_version)
    before = current.focus_at
    at = given_at(before, is_there=bool(focus), now=now)
    changed = apply_changes(current, {"focus": focus, "lines": lines, "focus_at": at})
    if not changed:
        return current
    record_of("focus changed", current, by=by, now=now, fields=changed)
    if at is not None:
        kind = FOCUS_CHANGED if before else FOCUS_GIVEN
        _tell_team(current, kind, by, now)
    return current


def _tell_team(review: Review, kind: str, by: Person, now: datetime) -> None:
    """Once a day at most, however often it is changed."""
    what = f"{london_day(now):%Y-%m-%d}"
    tell_of(review, team_people(review), kind=kind, what=what, by=by, now=now)


@transaction.atomic
def arrange_planning(
    *,
    review: Review,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> Review:
    """When and where host and team plan the day; both are told of it and of each change."""
    current = locked_open(review, seen_version=seen_version)
    if current.dated_for is not None and ends_at > current.dated_for:
        raise AfterTheDay
    told = {"planning_starts_at": starts_at, "planning_ends_at": ends_at, "planning_place": place}
    if all(getattr(current, name) == value for name, value in told.items()):
        return current
    kind = PLANNING_SET if current.planning_at is None else PLANNING_MOVED
    changed = apply_changes(current, {**told, "planning_at": now})
    record_of("planning meeting arranged", current, by=by, now=now, fields=changed)
    _tell_both(current, kind, by, now)
    return current


@transaction.atomic
def call_off_planning(*, review: Review, by: Person, now: datetime) -> Review:
    """The meeting goes, and so do its times; what was agreed stays."""
    current = locked_open(review)
    if current.planning_at is None:
        raise NoPlanningMeeting
    none = dict.fromkeys(("planning_starts_at", "planning_ends_at", "planning_at"))
    apply_changes(current, {**none, "planning_place": ""})
    record_of("planning meeting called off", current, by=by, now=now)
    _tell_both(current, PLANNING_OFF, by, now)
    return current


def _tell_both(review: Review, kind: str, by: Person, now: datetime) -> None:
    people = everybody_of(review, on=london_day(now))
    tell_of(review, people, kind=kind, what=str(review.version), by=by, now=now)


@transaction.atomic
def write_what_was_agreed(
    *, review: Review, planning_agreed: str, seen_version: int, by: Person, now: datetime
) -> Review:
    """What host and team agreed on when they planned the day."""
    current = locked_open(review, seen_version=seen_version)
    changed = apply_changes(current, {"planning_agreed": planning_agreed})
    if changed:
        record_of("planning meeting minuted", current, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def name_contacts(
    *,
    review: Review,
    contact_name: str,
    contact_telephone: str,
    deputy_contact: str,
    chair_contact: str,
    lado_contact: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> Review:
    """Whom the team rings; the step is there once the safeguarding lead has name and telephone."""
    current = locked_open(review, seen_version=seen_version)
    is_there = bool(contact_name and contact_telephone)
    changed = apply_changes(
        current,
        {
            "contact_name": contact_name,
            "contact_telephone": contact_telephone,
            "deputy_contact": deputy_contact,
            "chair_contact": chair_contact,
            "lado_contact": lado_contact,
            "contact_at": given_at(current.contact_at, is_there=is_there, now=now),
        },
    )
    if changed:
        record_of("safeguarding contacts changed", current, by=by, now=now, fields=changed)
    return current
