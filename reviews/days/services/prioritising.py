"""A school's priorities: added, worded, put in order, taken out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Priority, SelfEvaluation
from reviews.days.services.evaluating import (
    TeamReadsIt,
    is_with_a_team,
    mark_changed,
    record_evaluation,
)


@transaction.atomic
def add_priority(
    *, evaluation: SelfEvaluation, by: Person, now: datetime, **words: Any
) -> Priority:
    """One more, below the others."""
    current = lock(evaluation)
    last = current.priorities.aggregate(last=Max("place"))["last"] or 0
    added = Priority.objects.create(evaluation=current, place=last + 1, **words)
    _keep("priority added", current, by, now)
    return added


@transaction.atomic
def change_priority(
    *,
    priority: Priority,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Priority:
    """Another area or other words; raises ChangedSince when somebody saved meanwhile."""
    evaluation = lock(priority.evaluation)
    current = lock(priority, seen_version=seen_version)
    if apply_changes(current, changes):
        _keep("priority worded", evaluation, by, now)
    return current


@transaction.atomic
def move_priority(*, priority: Priority, up: bool, by: Person, now: datetime) -> None:
    """Change places with the one above or below; at the end nothing moves."""
    evaluation = lock(priority.evaluation)
    rows = list(evaluation.priorities.order_by("place", "pk"))
    at = next((n for n, row in enumerate(rows) if row.pk == priority.pk), None)
    if at is None:
        raise Priority.DoesNotExist
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for place, row in enumerate(rows, 1):
        row.place = place
    Priority.objects.bulk_update(rows, ["place"])
    _keep("priority moved", evaluation, by, now)


@transaction.atomic
def remove_priority(*, priority: Priority, by: Person, now: datetime) -> None:
    """Take it out; the last one of what a team reads stays."""
    evaluation = lock(priority.evaluation)
    current = lock(priority)
    others = evaluation.priorities.exclude(pk=current.pk)
    if not others.exists() and is_with_a_team(evaluation):
        raise TeamReadsIt
    current.delete()
    _keep("priority removed", evaluation, by, now)


def _keep(action: str, evaluation: SelfEvaluation, by: Person, now: datetime) -> None:
    mark_changed(evaluation, by=by, now=now)
    record_evaluation(action, evaluation, by=by, now=now)
