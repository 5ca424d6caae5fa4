"""The report is released: it is the school's, and what follows from it begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import ChangedSince, apply_changes
from reviews.days.models import CheckBack, Review, Workshop
from reviews.days.notices.reports import RELEASED
from reviews.days.parts.report import may_be_released
from reviews.days.services.afterwards import CHECK_BACK_AFTER, HOLD_WITHIN
from reviews.days.services.checking import CommentsOpen, lock_sent
from reviews.days.services.reporting import counting_from
from reviews.days.services.telling import everybody_of, record_of, tell_of


class StillChecking(Exception):
    """The host has time left to check the report."""


@transaction.atomic
def release_report(
    *, review: Review, by: Person, now: datetime, seen_version: int | None = None
) -> Review:
    """Give the report to the school for good, and set dates for the workshop and the check-back.

    A comment that comes in first is waited for: both lock the same rows.
    """
    report = lock_sent(review)
    current: Review = report.review
    if report.comments.filter(answered_at=None).exists():
        raise CommentsOpen
    if seen_version is not None and report.version != seen_version:
        raise ChangedSince(report)
    if not may_be_released(report, now):
        raise StillChecking
    apply_changes(current, {"released_at": now, "released_by": by})
    _begin_what_follows(current, now)
    record_of("report released to the school", current, by=by, now=now)
    people = everybody_of(current, on=london_day(now))
    tell_of(current, people, kind=RELEASED, what=str(report.pk), by=by, now=now)
    return current


def _begin_what_follows(review: Review, now: datetime) -> None:
    later = counting_from(review)
    day_before = (now.astimezone(UK) + CHECK_BACK_AFTER - timedelta(days=1)).replace(hour=12)
    due_at, hold_by = later(day_before, 1), later(now, HOLD_WITHIN)
    CheckBack.objects.update_or_create(review=review, defaults={"due_at": due_at})
    Workshop.objects.update_or_create(review=review, defaults={"hold_by": hold_by})
