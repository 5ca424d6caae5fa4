"""Raw notes and views go in time; findings and their counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import ReviewDay
from reviews.days.models import TEAM_STAYS, Finding, Note, Review, View
from reviews.days.services.telling import record_of

UNRELEASED_STAY = timedelta(days=365)


def with_notes_due(now: datetime) -> QuerySet[Review]:
    """Those whose notes are to go by now.

    Ninety days after the release; where nothing is ever released, a year after the day; and where
    the host's day was called off and it has no other, ninety days after the last that it had.
    """
    lately = ReviewDay.objects.filter(host=OuterRef("host"), ends_at__gt=now - TEAM_STAYS)
    is_over = Q(released_at__lte=now - TEAM_STAYS)
    is_over |= Q(released_at=None, day__ends_at__lte=now - UNRELEASED_STAY)
    is_over |= Q(~Exists(lately), released_at=None, day=None)
    return Review.objects.filter(is_over, notes_deleted_at=None)


def due_reviews(now: datetime) -> list[int]:
    """The same by their keys, the longest released first."""
    due = with_notes_due(now).order_by("released_at", "pk")
    return list(due.values_list("pk", flat=True))


@transaction.atomic
def delete_notes_of(*, review: Review, now: datetime) -> bool:
    """Delete one review's notes, views and links of evidence, whole or not at all.

    Answers whether it did: what is deleted already, or not due yet, stays as it is.
    """
    current = lock(review)
    current.cycle = review.cycle
    if not with_notes_due(now).filter(pk=current.pk).exists():
        return False
    Finding.evidence.through.objects.filter(finding__review=current).delete()
    views, _by_kind = View.objects.filter(review=current).delete()
    notes, _by_kind = Note.objects.filter(review=current).delete()
    apply_changes(current, {"notes_deleted_at": now})
    values = {"notes": notes, "views": views}
    record_of("notes deleted", current, by=None, now=now, values=values)
    return True
