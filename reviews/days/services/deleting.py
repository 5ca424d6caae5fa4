"""Raw notes and views go ninety days after the release; findings and their counts stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import TEAM_STAYS, Finding, Note, Review, View
from reviews.days.services.telling import record_of


def due_reviews(now: datetime) -> list[int]:
    """Those whose notes are to go by now, the longest released first."""
    due = Review.objects.filter(released_at__lte=now - TEAM_STAYS, notes_deleted_at=None)
    return list(due.order_by("released_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def delete_notes_of(*, review: Review, now: datetime) -> bool:
    """Delete one review's notes, views and links of evidence, whole or not at all.

    Answers whether it did: what is deleted already, or not due yet, stays as it is.
    """
    current = lock(review)
    current.cycle = review.cycle
    goes_at = current.notes_go_at
    if current.notes_deleted_at is not None or goes_at is None or goes_at > now:
        return False
    Finding.evidence.through.objects.filter(finding__review=current).delete()
    views, _by_kind = View.objects.filter(review=current).delete()
    notes, _by_kind = Note.objects.filter(review=current).delete()
    apply_changes(current, {"notes_deleted_at": now})
    values = {"notes": notes, "views": views}
    record_of("notes deleted", current, by=None, now=now, values=values)
    return True
