"""The parts of a report: added, worded, put in order and removed by the team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Report, ReportPart, Review
from reviews.days.services.reporting import count_up, give_time, lock_to_word
from reviews.days.services.telling import record_of


class PartGone(Exception):
    """Somebody removed this part meanwhile."""


@transaction.atomic
def add_part(*, review: Review, said: Mapping[str, Any], by: Person, now: datetime) -> ReportPart:
    """Put a part behind the others of its kind."""
    report = lock_to_word(review)
    last = report.parts.aggregate(last=Max("place"))["last"] or 0
    part = ReportPart.objects.create(report=report, place=last + 1, **said)
    count_up(report, now)
    give_time(report, now)
    record_of("part of a report added", report.review, by=by, now=now)
    return part


@transaction.atomic
def change_part(
    *,
    review: Review,
    part: ReportPart,
    changes: Mapping[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> ReportPart:
    """Keep what a part says. Raises ChangedSince when somebody worded it meanwhile."""
    report = lock_to_word(review)
    current = lock_part(part, seen_version=seen_version)
    if changed := apply_changes(current, dict(changes)):
        count_up(report, now)
        give_time(report, now)
        record_of("part of a report worded", report.review, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def remove_part(
    *, review: Review, part: ReportPart, by: Person, now: datetime, seen_version: int | None = None
) -> Report:
    """Take a part out; comments on it stay and are answered."""
    report = lock_to_word(review)
    lock_part(part, seen_version=seen_version).delete()
    count_up(report, now)
    give_time(report, now)
    record_of("part of a report removed", report.review, by=by, now=now)
    return report


@transaction.atomic
def move_part(*, review: Review, part: ReportPart, up: bool, by: Person, now: datetime) -> Report:
    """Change places with the part before or after it among those of its kind."""
    report = lock_to_word(review)
    current = lock_part(part)
    rows = list(report.parts.filter(meaning=current.meaning).order_by("place", "pk"))
    here = next(index for index, row in enumerate(rows) if row.pk == current.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return report
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows, 1):
        row.place = place
    ReportPart.objects.bulk_update(rows, ["place"])
    count_up(report, now)
    record_of("parts of a report put in order", report.review, by=by, now=now)
    return report


def lock_part(part: ReportPart, *, seen_version: int | None = None) -> ReportPart:
    """The part's row, locked. Raises PartGone or ChangedSince."""
    try:
        return lock(part, seen_version=seen_version)
    except ReportPart.DoesNotExist as gone:
        raise PartGone from gone
