"""A head shows the areas of her school's priorities to heads who show theirs, or no longer does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import SelfEvaluation
from reviews.days.services.evaluating import record_evaluation


@transaction.atomic
def show_priorities(*, evaluation: SelfEvaluation, by: Person, now: datetime) -> SelfEvaluation:
    """From now on, as long as she speaks for the school."""
    current = lock(evaluation)
    if apply_changes(current, {"matching_since": now, "matching_by": by}):
        record_evaluation("priorities shown", current, by=by, now=now)
    return current


@transaction.atomic
def hide_priorities(*, evaluation: SelfEvaluation, by: Person, now: datetime) -> SelfEvaluation:
    """From now on nobody finds the school by them; may be said twice."""
    current = lock(evaluation)
    if apply_changes(current, {"matching_since": None, "matching_by": None}):
        record_evaluation("priorities no longer shown", current, by=by, now=now)
    return current
