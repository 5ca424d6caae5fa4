"""A head lets somebody of her school act for it, and takes that back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from alliances.schools.models import Delegation, School, SchoolPost
from alliances.schools.notices import DELEGATED, DELEGATION_ENDED
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import lock


class NotOfTheSchool(Exception):
    """Only somebody with a post in the school may act for it."""


class DelegationOver(Exception):
    """It has been ended already, or its last day has passed."""


@transaction.atomic
def delegate(
    *,
    school: School,
    deputy: Person,
    kinds: Iterable[str],
    ends_on: date,
    by: Person,
    now: datetime,
    starts_on: date | None = None,
) -> list[Delegation]:
    """Let somebody of the school act for it in these matters until a day, in her own name.

    What she is let do already goes on as it now is said.
    """
    lock(school)
    today = now.astimezone(UK).date()
    starts_on = starts_on or today
    if not SchoolPost.objects.ahead(today).filter(school=school, person=deputy).exists():
        raise NotOfTheSchool
    given = []
    for kind in dict.fromkeys(kinds):
        standing = Delegation.objects.ahead(today).filter(school=school, deputy=deputy, kind=kind)
        standing.update(ended_at=now)
        given.append(
            Delegation.objects.create(
                school=school,
                deputy=deputy,
                given_by=by,
                kind=kind,
                given_at=now,
                starts_on=starts_on,
                ends_on=ends_on,
            )
        )
    for delegation in given:
        _record("delegated", delegation, by=by, now=now)
    if given:
        key = f"delegated:{given[0].pk}"
        _tell(given[0], DELEGATED, recipient=deputy.pk, key=key, now=now)
    return given


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Person, now: datetime) -> Delegation:
    """It ends at once; the other side is told."""
    current = lock(delegation)
    if current.ended_at is not None or current.ends_on < now.astimezone(UK).date():
        raise DelegationOver
    current.ended_at = now
    current.save(update_fields=["ended_at"])
    _record("delegation ended", current, by=by, now=now)
    other = current.given_by_id if by.pk == current.deputy_id else current.deputy_id
    key = f"delegation-ended:{current.pk}"
    _tell(current, DELEGATION_ENDED, recipient=other, key=key, now=now)
    return current


def _tell(delegation: Delegation, kind: str, *, recipient: int, key: str, now: datetime) -> None:
    tell(recipients=[recipient], kind=kind, key=key, thing_id=delegation.pk, now=now)


def _record(action: str, delegation: Delegation, *, by: Person, now: datetime) -> None:
    record(
        action,
        delegation.school,
        by=by,
        at=now,
        fields=["delegation"],
        values={
            "kind": delegation.kind,
            "person_id": delegation.deputy_id,
            "starts_on": delegation.starts_on.isoformat(),
            "ends_on": delegation.ends_on.isoformat(),
        },
        school_id=delegation.school_id,
    )
