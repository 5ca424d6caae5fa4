"""The host shares its self-evaluation with the team of its review, or takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Review, SelfEvaluation
from reviews.days.notices.sharing import EVALUATION_SHARED
from reviews.days.services.telling import record_of, team_people, tell_of


class NotComplete(Exception):
    """It doesn't say yet what goes well and what is to improve, or has no priority."""


class SharedAlready(Exception):
    """The team reads a self-evaluation; it is taken back before another is shared."""


class ReleasedAlready(Exception):
    """The review is over: its report is released."""


@transaction.atomic
def share_evaluation(
    *, review: Review, evaluation: SelfEvaluation, by: Person, now: datetime
) -> Review:
    """The team reads it from now on, as it stands at the time, and is told once."""
    current = _open(review)
    if current.shared_at is not None:
        raise SharedAlready
    shown = lock(evaluation)
    if not shown.is_written or not shown.priorities.exists():
        raise NotComplete
    apply_changes(current, {"evaluation": shown, "shared_at": now, "shared_by": by})
    what = f"{now:%Y-%m-%dT%H:%M:%S.%f}"
    tell_of(current, team_people(current), kind=EVALUATION_SHARED, what=what, by=by, now=now)
    record_of("self-evaluation shared", current, by=by, now=now)
    return current


@transaction.atomic
def take_back_evaluation(*, review: Review, by: Person, now: datetime) -> Review:
    """The team no longer reads it; the school keeps it. May be said twice."""
    current = _open(review)
    if apply_changes(current, {"evaluation": None, "shared_at": None, "shared_by": None}):
        record_of("self-evaluation taken back", current, by=by, now=now)
    return current


def _open(review: Review) -> Review:
    current = lock(review)
    current.cycle = review.cycle
    if current.released_at is not None:
        raise ReleasedAlready
    return current
