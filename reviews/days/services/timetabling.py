"""The timetable of the day; it is complete once each part has a partner of the host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import CycleReviewer, ReviewDay
from reviews.days.models import Review, TimetableEntry
from reviews.days.notices.preparing import TIMETABLE_THERE
from reviews.days.parts.given_timetable import given_parts
from reviews.days.services.opening import locked_open
from reviews.days.services.preparing import given_at
from reviews.days.services.telling import record_of, team_people, tell_of

MOST_PARTS = 60


class TimetableThere(Exception):
    """There are parts already."""


class TooManyParts(Exception):
    """The timetable has as many parts as it may."""


class PartGone(Exception):
    """Somebody has removed the part."""


class PartsChanged(Exception):
    """Somebody has saved parts since they were looked at."""


@transaction.atomic
def use_given_timetable(
    *, review: Review, day: ReviewDay, by: Person, now: datetime
) -> list[TimetableEntry]:
    """Begin with the usual parts, over the hours of the day."""
    current = locked_open(review)
    if current.timetable.exists():
        raise TimetableThere
    parts = given_parts(day)
    for part in parts:
        part.review = current
    made = TimetableEntry.objects.bulk_create(parts)
    _kept(current, "timetable begun", by, now)
    return made


@transaction.atomic
def add_part(
    *,
    review: Review,
    changes: Mapping[str, Any],
    reviewers: Iterable[CycleReviewer],
    by: Person,
    now: datetime,
) -> TimetableEntry:
    """One more part."""
    current = locked_open(review)
    if current.timetable.count() >= MOST_PARTS:
        raise TooManyParts
    made = TimetableEntry.objects.create(review=current, **changes)
    made.reviewers.add(*reviewers)
    _kept(current, "part of the timetable added", by, now)
    return made


@transaction.atomic
def change_part(
    *,
    entry: TimetableEntry,
    changes: dict[str, Any],
    reviewers: Iterable[CycleReviewer],
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Say a part anew."""
    review = locked_open(entry.review)
    try:
        current = lock(entry, seen_version=seen_version)
    except TimetableEntry.DoesNotExist as error:
        raise PartGone from error
    changed = apply_changes(current, changes)
    going = list(reviewers)
    if {each.pk for each in going} != set(current.reviewers.values_list("pk", flat=True)):
        current.reviewers.set(going)
        if not changed:
            current.version += 1
            current.save(update_fields=["version"])
        changed = [*changed, "reviewers"]
    if changed:
        _kept(review, "part of the timetable changed", by, now)


@transaction.atomic
def remove_part(*, entry: TimetableEntry, by: Person, now: datetime) -> None:
    """Without it; asked twice nothing more happens."""
    review = locked_open(entry.review)
    gone, _by_kind = TimetableEntry.objects.filter(pk=entry.pk).delete()
    if gone:
        _kept(review, "part of the timetable removed", by, now)


@transaction.atomic
def clear_timetable(*, review: Review, by: Person, now: datetime) -> None:
    """Remove every part, to begin anew."""
    current = locked_open(review)
    TimetableEntry.objects.filter(review=current).delete()
    _kept(current, "timetable removed", by, now)


@transaction.atomic
def name_partners(
    *,
    review: Review,
    partners: Mapping[int, str],
    seen_versions: Mapping[int, int],
    by: Person,
    now: datetime,
) -> None:
    """Say of many parts at once who of the host is with the team."""
    current = locked_open(review)
    parts = TimetableEntry.objects.select_for_update(of=("self",)).filter(
        review=current, pk__in=list(partners)
    )
    found = list(parts.order_by("pk"))
    if {part.pk: part.version for part in found} != dict(seen_versions):
        raise PartsChanged
    changed = [part for part in found if part.partner != partners[part.pk]]
    for part in changed:
        part.partner = partners[part.pk]
        part.version += 1
    TimetableEntry.objects.bulk_update(changed, ["partner", "version"])
    if changed:
        _kept(current, "partners named", by, now)


def _kept(review: Review, action: str, by: Person, now: datetime) -> None:
    """Keep whether it is complete; the team is told once a day at most that it is."""
    parts = list(TimetableEntry.objects.filter(review=review).only("partner", "kind"))
    is_complete = bool(parts) and not any(part.needs_partner for part in parts)
    was_complete = review.timetable_at is not None
    if is_complete != was_complete:
        review.timetable_at = given_at(review.timetable_at, is_there=is_complete, now=now)
        review.save(update_fields=["timetable_at"])
    record_of(action, review, by=by, now=now, fields=["timetable"], values={"parts": len(parts)})
    if is_complete and not was_complete:
        what = f"{london_day(now):%Y-%m-%d}"
        tell_of(review, team_people(review), kind=TIMETABLE_THERE, what=what, by=by, now=now)
