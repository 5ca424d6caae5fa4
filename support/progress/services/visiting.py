"""Visits are planned, moved and called off."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from support.programmes.models import Programme, Strand
from support.programmes.services.telling import record_of, supported_side_of, tell_change
from support.progress.models import Held, Visit
from support.progress.services.going_on import going_on


class NotPlanned(Exception):
    """The visit was held or called off: its plan stands no longer."""


class AnotherVisitor(Exception):
    """A strand is visited for by its own practitioner alone."""


class VisitFacts(TypedDict):
    """What a visit is planned with."""

    visitor: Person
    strand: Strand | None
    purpose: str
    place: str
    starts_at: datetime
    ends_at: datetime
    days: Decimal


TIMES = frozenset({"starts_at", "ends_at"})
SHOWN_ELSEWHERE = TIMES | {"visitor"}


@transaction.atomic
def plan_visit(*, programme: Programme, facts: VisitFacts, by: Person, now: datetime) -> Visit:
    """Somebody is to come; she and the school are told. After the terms it is a follow-up."""
    current = going_on(programme)
    _require_own_strand(current, facts)
    visit = Visit.objects.create(
        programme=current,
        **facts,
        is_follow_up=current.is_followed(),
        planned_by=by,
        planned_at=now,
        changed_at=now,
    )
    _tell(visit, current, what="visit-planned", by=by, now=now)
    record_of("visit planned", current, by=by, now=now)
    return visit


@transaction.atomic
def move_visit(
    *, visit: Visit, facts: VisitFacts, by: Person, now: datetime, seen_version: int | None = None
) -> Visit:
    """Change what is planned; a new time counts as a move, which calendars are told of."""
    current = going_on(visit.programme)
    _require_own_strand(current, facts)
    planned = _planned(visit, seen_version=seen_version)
    before = planned.visitor_id
    fields = apply_changes(planned, dict(facts))
    if not fields:
        return planned
    if TIMES & set(fields):
        planned.sequence += 1
    planned.changed_at = now
    planned.save(update_fields=["sequence", "changed_at"])
    if SHOWN_ELSEWHERE & set(fields):
        _tell(planned, current, what="visit-moved", by=by, now=now, also={before})
    record_of("visit changed", current, by=by, now=now, fields=fields)
    return planned


@transaction.atomic
def cancel_visit(*, visit: Visit, because: str, by: Person, now: datetime) -> Visit:
    """Call it off and say why; the visitor and the school are told."""
    current = going_on(visit.programme)
    planned = _planned(visit)
    call_off(planned, because=because, now=now)
    _tell(planned, current, what="visit-cancelled", by=by, now=now)
    record_of("visit cancelled", current, by=by, now=now)
    return planned


def call_off(visit: Visit, *, because: str, now: datetime) -> None:
    """Mark a visit that is locked as called off."""
    apply_changes(
        visit,
        {
            "state": Held.CANCELLED,
            "cancelled_at": now,
            "cancelled_because": because,
            "changed_at": now,
        },
    )


def _planned(visit: Visit, *, seen_version: int | None = None) -> Visit:
    """The visit, locked within its programme, as long as it is planned."""
    current = lock(visit)
    if current.state != Held.PLANNED:
        raise NotPlanned
    if seen_version is not None and current.version != seen_version:
        raise ChangedSince(current)
    return current


def _require_own_strand(programme: Programme, facts: VisitFacts) -> None:
    strand = facts["strand"]
    if strand is None:
        return
    giver = strand.practitioner
    is_hers = giver is not None and giver.person_id == facts["visitor"].pk
    if strand.programme_id != programme.pk or strand.released_at is not None or not is_hers:
        raise AnotherVisitor


def _tell(
    visit: Visit,
    programme: Programme,
    *,
    what: str,
    by: Person,
    now: datetime,
    also: set[int] = frozenset(),  # type: ignore[assignment]  # an empty set that nobody changes
) -> None:
    concerned = supported_side_of(programme, on=now.date()) | {visit.visitor_id} | also
    tell_change(programme, concerned, what=f"{what}:{visit.pk}", by=by, now=now)
