"""Schools join an alliance and leave it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, Membership
from alliances.membership.services.spans import check_span, said
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class MemberAlready(Exception):
    """The school belongs to the alliance for some of these days already."""


@transaction.atomic
def add_school(
    *,
    alliance: Alliance,
    school: School,
    starts_on: date,
    by: Person | None,
    now: datetime,
    kind: str = Membership.Kind.FULL,
    ends_on: date | None = None,
) -> Membership:
    """Let a school belong to an alliance from a day on."""
    lock(alliance)
    check_span(starts_on, ends_on)
    _refuse_overlap(alliance.pk, school.pk, starts_on, ends_on)
    membership = Membership.objects.create(
        alliance=alliance, school=school, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    _record("school joined", membership, ["kind", "starts_on", "ends_on"], by=by, now=now)
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, last_day: date, by: Person | None, now: datetime
) -> Membership:
    """Let a membership end with a day, past or coming; on that day it still counts."""
    membership = lock(membership)
    check_span(membership.starts_on, last_day)
    if changed := apply_changes(membership, {"ends_on": last_day}):
        _record("membership ended", membership, changed, by=by, now=now)
    return membership


@transaction.atomic
def change_membership(
    *, membership: Membership, changes: dict[str, Any], by: Person | None, now: datetime
) -> Membership:
    """Put right what was entered wrongly: its kind or its days."""
    lock(membership.alliance)
    membership = lock(membership)
    starts_on = changes.get("starts_on", membership.starts_on)
    ends_on = changes.get("ends_on", membership.ends_on)
    check_span(starts_on, ends_on)
    _refuse_overlap(
        membership.alliance_id, membership.school_id, starts_on, ends_on, but=membership.pk
    )
    if changed := apply_changes(membership, changes):
        _record("membership changed", membership, changed, by=by, now=now)
    return membership


def _refuse_overlap(
    alliance_id: int,
    school_id: int,
    starts_on: date,
    ends_on: date | None,
    *,
    but: int = 0,
) -> None:
    others = Membership.objects.sharing_days(alliance_id, school_id, starts_on, ends_on)
    if others.exclude(pk=but).exists():
        raise MemberAlready


def _record(
    action: str, membership: Membership, fields: list[str], *, by: Person | None, now: datetime
) -> None:
    record(
        action,
        membership,
        title=f"{membership.school} in {membership.alliance}",
        by=by,
        at=now,
        fields=fields,
        values={
            "kind": membership.kind,
            "starts_on": said(membership.starts_on),
            "ends_on": said(membership.ends_on),
        },
        school_id=membership.school_id,
        alliance_id=membership.alliance_id,
    )
