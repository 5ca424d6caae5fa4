"""Placements: planned, agreed by both heads, held, and what was learnt."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction

from alliances.schools.models import School
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme
from support.programmes.services.telling import (
    heads_of,
    record_of,
    supported_side_of,
    tell_change,
    tell_turn,
)
from support.progress.models import Held, Placement
from support.progress.notices import HOST_ASKED, HOST_TOLD
from support.progress.services.going_on import going_on, running, school_days_later
from support.progress.services.holding import NotOverYet
from support.progress.services.visiting import NotPlanned

DAYS_TO_AGREE = 5
DAYS_TO_LEARN = 10
SCHOOL, HOST = "school", "host"
NOBODY_AGREES = {f"{side}_agreed_{what}": None for side in (SCHOOL, HOST) for what in ("by", "at")}


class HostsItself(Exception):
    """Somebody of the supported school goes to another one."""


class NotAgreed(Exception):
    """One of the two heads hasn't agreed."""


class SaidAlready(Exception):
    """What was learnt is said already."""


class PlacementDays(TypedDict):
    """From when until when, and how many days of it are spent there."""

    starts_at: datetime
    ends_at: datetime
    days: Decimal


class PlacementFacts(PlacementDays):
    """What a placement is planned with."""

    who: str
    host: School
    focus: str


@transaction.atomic
def plan_placement(
    *,
    programme: Programme,
    facts: PlacementFacts,
    agrees_for: Collection[str],
    by: Person,
    now: datetime,
) -> Placement:
    """Somebody is to go; who plans it as head of a school has agreed for it by that."""
    current = running(programme)
    if facts["host"].pk == current.school_id:
        raise HostsItself
    placement = Placement.objects.create(
        programme=current,
        **facts,
        planned_by=by,
        planned_at=now,
        changed_at=now,
        **_deadlines(current, facts["ends_at"], now=now),
        **_agreements(agrees_for, by=by, now=now),
    )
    _ask_who_has_not_agreed(placement, current, by=by, now=now)
    record_of("placement planned", current, by=by, now=now)
    return placement


@transaction.atomic
def move_placement(
    *,
    placement: Placement,
    when: PlacementDays,
    agrees_for: Collection[str],
    by: Person,
    now: datetime,
) -> Placement:
    """It is on other days: both heads agree anew, whoever moves it for her school by that."""
    programme = running(placement.programme)
    current = _planned(placement)
    if not apply_changes(current, dict(when)):
        return current
    said = {
        **NOBODY_AGREES,
        **_agreements(agrees_for, by=by, now=now),
        **_deadlines(programme, when["ends_at"], now=now),
        "sequence": current.sequence + 1,
        "changed_at": now,
    }
    apply_changes(current, said)
    _ask_who_has_not_agreed(current, programme, by=by, now=now)
    record_of("placement moved", programme, by=by, now=now)
    return current


def _deadlines(programme: Programme, ends_at: datetime, *, now: datetime) -> dict[str, datetime]:
    school = programme.school_id
    return {
        "agree_by": school_days_later(now, DAYS_TO_AGREE, school=school),
        "learnt_by": school_days_later(ends_at, DAYS_TO_LEARN, school=school),
    }


def _ask_who_has_not_agreed(
    placement: Placement, programme: Programme, *, by: Person, now: datetime
) -> None:
    if placement.host_agreed_at is None:
        _tell_host(placement, HOST_ASKED, by=by, now=now)
    if placement.school_agreed_at is None:
        heads = supported_side_of(programme, on=now.date())
        what = f"placement:{placement.pk}:{placement.sequence}"
        tell_turn(programme, heads, what=what, by=by, now=now)


@transaction.atomic
def agree_to_placement(
    *, placement: Placement, agrees_for: Collection[str], by: Person, now: datetime
) -> Placement:
    """A head agrees for her school; asked twice it stays as it was said first."""
    programme = going_on(placement.programme)
    current = _planned(placement)
    said = {
        name: value
        for name, value in _agreements(agrees_for, by=by, now=now).items()
        if getattr(current, name) is None
    }
    if not apply_changes(current, dict(said)):
        return current
    current.changed_at = now
    current.save(update_fields=["changed_at"])
    heads = supported_side_of(programme, on=now.date()) | {current.planned_by_id}
    tell_change(programme, heads, what=f"placement-agreed:{current.pk}", by=by, now=now)
    record_of("placement agreed to", programme, by=by, now=now)
    return current


@transaction.atomic
def cancel_placement(*, placement: Placement, because: str, by: Person, now: datetime) -> Placement:
    """Call it off and say why; both heads are told."""
    programme = going_on(placement.programme)
    current = _planned(placement)
    apply_changes(
        current,
        {
            "state": Held.CANCELLED,
            "cancelled_at": now,
            "cancelled_because": because,
            "changed_at": now,
        },
    )
    heads = supported_side_of(programme, on=now.date())
    tell_change(programme, heads, what=f"placement-cancelled:{current.pk}", by=by, now=now)
    _tell_host(current, HOST_TOLD, by=by, now=now)
    record_of("placement cancelled", programme, by=by, now=now)
    return current


@transaction.atomic
def hold_placement(*, placement: Placement, by: Person, now: datetime) -> Placement:
    """Say that it was held, once its last day is over."""
    programme = going_on(placement.programme)
    current = _planned(placement)
    if not current.is_agreed:
        raise NotAgreed
    if now < current.ends_at:
        raise NotOverYet
    apply_changes(current, {"state": Held.HELD, "held_at": now, "changed_at": now})
    record_of("placement held", programme, by=by, now=now)
    return current


@transaction.atomic
def say_learnt(*, placement: Placement, learnt: str, by: Person, now: datetime) -> Placement:
    """The school says once what its colleague learnt; that says the placement was held, too."""
    programme = going_on(placement.programme)
    current = lock(placement)
    if current.state == Held.PLANNED:
        current = hold_placement(placement=placement, by=by, now=now)
    if current.state != Held.HELD:
        raise NotPlanned
    if current.learnt_at is not None:
        raise SaidAlready
    apply_changes(current, {"learnt": learnt, "learnt_at": now})
    record_of("said what was learnt in a placement", programme, by=by, now=now)
    return current


def _agreements(agrees_for: Collection[str], *, by: Person, now: datetime) -> dict[str, object]:
    said: dict[str, object] = {}
    for side in (SCHOOL, HOST):
        if side in agrees_for:
            said |= {f"{side}_agreed_by": by, f"{side}_agreed_at": now}
    return said


def _planned(placement: Placement) -> Placement:
    current = lock(placement)
    if current.state != Held.PLANNED:
        raise NotPlanned
    return current


def _tell_host(placement: Placement, kind: str, *, by: Person, now: datetime) -> None:
    """The host's head may see the placement alone, so its mails lead there."""
    tell(
        recipients=heads_of([placement.host_id], on=now.date()) - {by.pk},
        kind=kind,
        key=f"placement:{placement.pk}:{kind}:{now:%Y-%m-%dT%H:%M:%SZ}",
        thing_id=placement.pk,
        alliance_id=placement.programme.alliance_id,
        now=now,
    )
