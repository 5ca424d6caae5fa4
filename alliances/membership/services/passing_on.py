"""A school becomes another: its memberships go on with the school after."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from alliances.membership.models import Membership
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


def running_memberships(school: School) -> QuerySet[Membership, Membership]:
    """Memberships that have no last day."""
    return Membership.objects.filter(school=school, ends_on__isnull=True)


def pass_on_memberships(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Each goes on with the school after from the first day; what ended before it stays."""
    memberships = Membership.objects.filter(school=school).on_or_after(on).order_by("pk")
    moved = list(memberships.select_related("alliance"))
    for membership in moved:
        lock(membership.alliance)
        after = Membership.objects.sharing_days(
            membership.alliance_id, to.pk, max(membership.starts_on, on), membership.ends_on
        )
        _move(lock(membership), to, on, belongs=after.exists(), by=by, now=now)
    return len(moved)


def _move(
    membership: Membership, to: School, on: date, *, belongs: bool, by: Person, now: datetime
) -> None:
    """A membership that began on the first day or later moves whole, unless `to` belongs then."""
    ends_on = membership.ends_on
    changes: dict[str, Any]
    if membership.starts_on >= on:
        changes = {"school": to} if not belongs else {"ends_on": membership.starts_on}
    else:
        changes = {"ends_on": on - timedelta(days=1)}
        if not belongs:
            _record(_begin(membership, to, on, ends_on), "school joined", by=by, now=now)
    if "ends_on" in changes:
        changes["ending"] = Membership.Ending.BECOMES
    apply_changes(membership, {**changes, "means_to_join": membership.means_to_join})
    _record(membership, "goes on with the school after", by=by, now=now)


def _begin(membership: Membership, to: School, on: date, ends_on: date | None) -> Membership:
    return Membership.objects.create(
        alliance=membership.alliance,
        school=to,
        kind=membership.kind,
        means_to_join=membership.means_to_join,
        starts_on=on,
        ends_on=ends_on,
        ending=membership.ending,
        because=membership.because,
    )


def _record(membership: Membership, action: str, *, by: Person, now: datetime) -> None:
    record(
        action,
        membership,
        title=f"{membership.school} in {membership.alliance}",
        by=by,
        at=now,
        fields=["school", "starts_on", "ends_on"],
        school_id=membership.school_id,
        alliance_id=membership.alliance_id,
    )
