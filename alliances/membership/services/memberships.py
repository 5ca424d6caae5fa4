"""Schools join an alliance and leave it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, Membership
from alliances.membership.notices import SCHOOL_JOINED
from alliances.membership.services.spans import EndsBeforeItStarts, check_span, said
from alliances.schools.models import School, SchoolPost
from partnership.audit.services import record
from partnership.calendar.days import UK, morning_of
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class MemberAlready(Exception):
    """The school belongs to the alliance for some of these days already."""


class FullMemberAlready(Exception):
    """Who is a full member cannot become one."""


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
    means_to_join: bool = False,
    joins_on: date | None = None,
    quietly: bool = False,
) -> Membership:
    """Let a school belong to an alliance from a day on.

    It can be a partner first and join fully on a later day, or mean to on a day not known yet. Its
    heads are told on the first day, unless quietly.
    """
    lock(alliance)
    check_span(starts_on, ends_on)
    _refuse_overlap(alliance.pk, school.pk, starts_on, ends_on)
    membership = Membership.objects.create(
        alliance=alliance,
        school=school,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        means_to_join=means_to_join and kind != Membership.Kind.FULL,
    )
    _record("school joined", membership, ["kind", "starts_on", "ends_on"], by=by, now=now)
    if not quietly:
        _tell_heads(membership, by=by, now=now)
    if joins_on is not None:
        join_fully(membership=membership, joins_on=joins_on, by=by, now=now)
    return membership


def _tell_heads(membership: Membership, *, by: Person | None, now: datetime) -> None:
    """Tell those who head the school on the first day, but for whoever did it."""
    if by is None:
        return
    day = max(membership.starts_on, now.astimezone(UK).date())
    heads = SchoolPost.objects.on(day).of_heads().filter(school=membership.school_id)
    tell(
        recipients=heads.filter(person__is_active=True)
        .exclude(person=by)
        .values_list("person", flat=True),
        kind=SCHOOL_JOINED,
        key=f"school-joined:{membership.pk}:{membership.starts_on}",
        thing_id=membership.pk,
        facts={"by": by.pk},
        alliance_id=membership.alliance_id,
        now=now,
        send_after=morning_of(membership.starts_on, now),
    )


@transaction.atomic
def join_fully(
    *, membership: Membership, joins_on: date, by: Person | None, now: datetime
) -> Membership:
    """Make a partner or associate a full member from a day on; the day before is the old one's last."""
    lock(membership.alliance)
    partner = _locked(membership)
    if partner.kind == Membership.Kind.FULL:
        raise FullMemberAlready
    if joins_on <= partner.starts_on:
        raise EndsBeforeItStarts
    last_day = joins_on - timedelta(days=1)
    _refuse_overlap(
        partner.alliance_id, partner.school_id, partner.starts_on, last_day, but=partner.pk
    )
    ending = {"ends_on": last_day, "ending": Membership.Ending.BECOMES, "because": ""}
    changed = apply_changes(partner, {**ending, "means_to_join": False})
    _record("goes on as full member", partner, changed, by=by, now=now)
    return add_school(
        alliance=partner.alliance, school=partner.school, starts_on=joins_on, by=by, now=now
    )


@transaction.atomic
def end_membership(
    *,
    membership: Membership,
    last_day: date,
    by: Person | None,
    now: datetime,
    because: str = "",
) -> Membership:
    """Let a school leave after a day, past or coming; on that day it still counts."""
    membership = _locked(membership)
    check_span(membership.starts_on, last_day)
    if membership.ends_on is not None and membership.ends_on < last_day:
        _refuse_overlap(
            membership.alliance_id,
            membership.school_id,
            membership.starts_on,
            last_day,
            but=membership.pk,
        )
    leaving = {"ending": Membership.Ending.LEAVES, "because": because, "means_to_join": False}
    if changed := apply_changes(membership, {"ends_on": last_day, **leaving}):
        _record("membership ended", membership, changed, by=by, now=now)
    return membership


@transaction.atomic
def change_membership(
    *,
    membership: Membership,
    changes: dict[str, Any],
    by: Person | None,
    now: datetime,
    seen_version: int | None = None,
) -> Membership:
    """Put its kind or its days right; without a last day nobody leaves any more."""
    moves = any(
        changes.get(name, getattr(membership, name)) != getattr(membership, name)
        for name in ("starts_on", "ends_on")
    )
    if moves:
        lock(membership.alliance)
    membership = _locked(membership, seen_version=seen_version)
    starts_on = changes.get("starts_on", membership.starts_on)
    ends_on = changes.get("ends_on", membership.ends_on)
    check_span(starts_on, ends_on)
    if moves:
        _refuse_overlap(
            membership.alliance_id, membership.school_id, starts_on, ends_on, but=membership.pk
        )
    if ends_on is None:
        changes = {**changes, "ending": "", "because": ""}
    if changes.get("kind", membership.kind) == Membership.Kind.FULL:
        changes = {**changes, "means_to_join": False}
    if changed := apply_changes(membership, changes):
        _record("membership changed", membership, changed, by=by, now=now)
        if "starts_on" in changed and morning_of(membership.starts_on, now):
            _tell_heads(membership, by=by, now=now)
    return membership


def _locked(membership: Membership, *, seen_version: int | None = None) -> Membership:
    """The membership's row, which knows its school and alliance as the one given does."""
    current = lock(membership, seen_version=seen_version)
    current.school, current.alliance = membership.school, membership.alliance
    return current


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
