"""The improvement workshop: arranged, held, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Review, Workshop
from reviews.days.notices.after import WORKSHOP_SAID, WORKSHOP_SET
from reviews.days.services.afterwards import locked_review, workshop_of
from reviews.days.services.championing import NoChampion, open_workshop, standing_champion
from reviews.days.services.telling import host_people, record_of, tell_of


class NotArranged(Exception):
    """No time is set."""


class NotYetBegun(Exception):
    """Nobody can say of a workshop to come that it was held."""


class NotSaidHeld(Exception):
    """It isn't said to be held."""


@transaction.atomic
def arrange_workshop(
    *,
    review: Review,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Workshop:
    """Set when and where it is; the champion and the host's head are told.

    Raises NotReleased, WorkshopHeld or ChangedSince.
    """
    current = locked_review(review)
    workshop = open_workshop(current, seen_version=seen_version)
    has_champion = standing_champion(workshop) is not None
    told = {"starts_at": starts_at, "ends_at": ends_at, "place": place}
    changed = apply_changes(
        workshop, {**told, "arranged_at": (workshop.arranged_at or now) if has_champion else None}
    )
    if {"starts_at", "ends_at", "place"} & set(changed):
        people = _everybody(current, workshop, now)
        what = str(workshop.version)
        tell_of(current, people, kind=WORKSHOP_SET, what=what, by=by, now=now)
        record_of("workshop arranged", current, by=by, now=now, fields=changed)
    return workshop


@transaction.atomic
def say_workshop_held(
    *, review: Review, agreed: str, by: Person, now: datetime, seen_version: int | None = None
) -> Workshop:
    """Say what came of it, and with that that it was held; later, word it otherwise.

    Raises NotReleased, NotArranged, NotYetBegun, NoChampion or ChangedSince.
    """
    current = locked_review(review)
    workshop = lock(workshop_of(current), seen_version=seen_version)
    is_new = workshop.held_at is None
    changes: dict[str, Any] = {"agreed": agreed}
    if is_new:
        _require_over(workshop, now)
        changes |= {"held_at": now, "held_by": by}
    changed = apply_changes(workshop, changes)
    if is_new:
        people = _everybody(current, workshop, now)
        what = str(workshop.version)
        tell_of(current, people, kind=WORKSHOP_SAID, what=what, by=by, now=now)
    if changed:
        action = "workshop held" if is_new else "outcome of workshop changed"
        record_of(action, current, by=by, now=now, fields=changed)
    return workshop


@transaction.atomic
def say_workshop_not_held(*, review: Review, by: Person, now: datetime) -> Workshop:
    """It wasn't held after all; what was written of it stays. Raises NotReleased or NotSaidHeld."""
    current = locked_review(review)
    workshop = lock(workshop_of(current))
    if workshop.held_at is None:
        raise NotSaidHeld
    changed = apply_changes(workshop, {"held_at": None, "held_by": None})
    record_of("workshop not held", current, by=by, now=now, fields=changed)
    return workshop


def _require_over(workshop: Workshop, now: datetime) -> None:
    if workshop.starts_at is None:
        raise NotArranged
    if workshop.starts_at > now:
        raise NotYetBegun
    if standing_champion(workshop) is None:
        raise NoChampion


def _everybody(review: Review, workshop: Workshop, now: datetime) -> set[int]:
    champion = standing_champion(workshop)
    return host_people(review, on=london_day(now)) | ({champion} if champion else set())
