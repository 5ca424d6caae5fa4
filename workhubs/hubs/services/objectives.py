"""What a workhub wants to reach is written down, ordered, and looked at again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from workhubs.hubs.models import Objective, Progress, ProgressNote, WorkhubYear


class ObjectiveCarried(Exception):
    """A later year goes on with this objective, so it stays on record."""


@transaction.atomic
def add_objective(
    *,
    workhub_year: WorkhubYear,
    words: str,
    measure: str = "",
    due_on: date | None = None,
    by: Person,
    now: datetime,
) -> Objective:
    """One more objective, below the others."""
    lock(workhub_year)
    last = workhub_year.objectives.order_by("-position").values_list("position", flat=True).first()
    objective = Objective.objects.create(
        workhub_year=workhub_year,
        position=(last or 0) + 1,
        words=words,
        measure=measure,
        due_on=due_on,
    )
    _record("objective added", objective, ["words", "measure", "due_on"], by=by, now=now)
    return objective


@transaction.atomic
def edit_objective(
    *,
    objective: Objective,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Objective:
    """Its words, its success measure and its day."""
    current = lock(objective, seen_version=seen_version)
    if changed := apply_changes(current, changes):
        _record("objective edited", current, changed, by=by, now=now)
    return current


@transaction.atomic
def note_progress(
    *,
    objective: Objective,
    progress: str,
    seen: str,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Objective:
    """How it stands from today, with what was seen; what was noted before stays in its history."""
    current = lock(objective, seen_version=seen_version)
    ProgressNote.objects.create(
        objective=current, progress=progress, seen=seen, noted_by=by, noted_at=now
    )
    noted_on = now.astimezone(UK).date()
    apply_changes(current, {"progress": Progress(progress), "seen": seen, "noted_on": noted_on})
    _record("progress noted", current, ["progress"], by=by, now=now)
    return current


@transaction.atomic
def move_objective(*, objective: Objective, up: bool, by: Person, now: datetime) -> Objective:
    """Change places with the objective above or below; at the end nothing moves."""
    lock(objective.workhub_year)
    in_order = list(objective.workhub_year.objectives.order_by("position", "pk"))
    at = next((n for n, other in enumerate(in_order) if other.pk == objective.pk), None)
    there = None if at is None else at + (-1 if up else 1)
    if at is None or there is None or not 0 <= there < len(in_order):
        return objective
    in_order[at], in_order[there] = in_order[there], in_order[at]
    for position, other in enumerate(in_order, start=1):
        other.position = position
    Objective.objects.bulk_update(in_order, ["position"])
    _record("objective moved", objective, ["position"], by=by, now=now)
    return in_order[there]


@transaction.atomic
def remove_objective(*, objective: Objective, by: Person, now: datetime) -> None:
    """Take it away with its notes; the audit keeps that it was there."""
    current = lock(objective)
    if current.carried_to.exists():
        raise ObjectiveCarried
    _record("objective removed", current, ["words"], by=by, now=now)
    current.delete()


def _record(
    action: str, objective: Objective, fields: list[str], *, by: Person, now: datetime
) -> None:
    workhub_year = objective.workhub_year
    record(
        action,
        workhub_year.workhub,
        by=by,
        at=now,
        fields=fields,
        values={"objective": objective.pk, "year": str(workhub_year.academic_year)},
        alliance_id=workhub_year.workhub.alliance_id,
    )
