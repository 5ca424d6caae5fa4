"""Both schools agree to the plan as it stands; a change by one asks the other again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import lock
from support.programmes.models import Programme, Side
from support.programmes.services.telling import (
    directors_of,
    heads_of,
    record_of,
    supported_side_of,
    tell_change,
    tell_turn,
)
from support.progress.models import Objective, Plan, PlanChange
from support.progress.services.going_on import running, school_days_later

DAYS_TO_AGREE = 10
AGREEING = ("version", "agreed_by", "agreed_at")


class BegunAlready(Exception):
    """The plan is begun."""


class NoPlan(Exception):
    """Nobody has begun the plan."""


class NothingToAgree(Exception):
    """The plan has no objective."""


class NeitherTeachingNorLeadership(Exception):
    """No objective of the plan is about teaching or leadership."""


@dataclass(frozen=True)
class Change:
    """What somebody changed, in words: what it was, how it stood, how it stands."""

    what: str
    before: str = ""
    after: str = ""


@transaction.atomic
def begin_plan(*, programme: Programme, side: str, by: Person, now: datetime) -> Plan:
    """Open an empty plan, to which neither school has agreed; the other one is told."""
    current = running(programme)
    if Plan.objects.filter(programme=current).exists():
        raise BegunAlready
    plan = Plan.objects.create(
        programme=current,
        begun_by=by,
        begun_at=now,
        changed_at=now,
        agree_by=school_days_later(now, DAYS_TO_AGREE, school=current.school_id),
    )
    people = heads_across(current, side, now=now)
    tell_turn(current, people, what="plan-begun", by=by, now=now)
    record_of("plan begun", current, by=by, now=now)
    return plan


@transaction.atomic
def agree_plan(
    *, programme: Programme, side: str, seen_version: int, by: Person, now: datetime
) -> Plan:
    """Agree to the version that was read; asked twice it stays as it was said first."""
    plan = plan_to_change(programme, seen_version=seen_version)
    if plan.is_agreed_by(side):
        return plan
    _refuse_unfit(programme)
    fields = _agree(plan, side, by=by, now=now)
    if plan.is_agreed and plan.agreed_at is None:
        plan.agreed_at = now
        fields.append("agreed_at")
    plan.save(update_fields=fields)
    people = heads_across(programme, side, now=now) | directors_of(programme, on=london_day(now))
    tell_change(programme, people, what=f"plan-agreed:{plan.version}", by=by, now=now)
    record_of("plan agreed to", programme, by=by, now=now)
    return plan


def _refuse_unfit(programme: Programme) -> None:
    said = Objective.objects.filter(programme=programme, dropped_at=None)
    focuses = set(said.values_list("focus", flat=True))
    if not focuses:
        raise NothingToAgree
    if focuses.isdisjoint(Objective.AT_LEAST_ONE):
        raise NeitherTeachingNorLeadership


def plan_to_change(programme: Programme, *, seen_version: int | None = None) -> Plan:
    """The plan of a programme that runs, both locked."""
    current = running(programme)
    plan = Plan.objects.filter(programme=current).first()
    if plan is None:
        raise NoPlan
    plan = lock(plan, seen_version=seen_version)
    plan.programme = current
    return plan


def keep_change(plan: Plan, change: Change, *, side: str, by: Person, now: datetime) -> None:
    """Count a change of a locked plan: whoever made it agrees to it, the other school is asked.

    The other school's head is told of the first one of a day; the rest she reads in the portal.
    """
    programme = plan.programme
    if plan.is_agreed_by(_across(side)):
        plan.agree_by = school_days_later(now, DAYS_TO_AGREE, school=programme.school_id)
    plan.version += 1
    plan.changed_at = now
    fields = _agree(plan, side, by=by, now=now)
    plan.save(update_fields=["version", "changed_at", "agree_by", *fields])
    told = PlanChange.objects.filter(
        programme=programme, side=side, made_at__gte=_midnight(now)
    ).exists()
    PlanChange.objects.create(
        programme=programme,
        plan_version=plan.version,
        side=side,
        made_by=by,
        made_at=now,
        what=change.what[:400],
        before=change.before,
        after=change.after,
    )
    if not told:
        people = heads_across(programme, side, now=now)
        tell_turn(programme, people, what=f"plan:{plan.version}", by=by, now=now)
    record_of("plan changed", programme, by=by, now=now)


def _agree(plan: Plan, side: str, *, by: Person, now: datetime) -> list[str]:
    fields = [f"{side}_{name}" for name in AGREEING]
    for field, value in zip(fields, (plan.version, by, now), strict=True):
        setattr(plan, field, value)
    return fields


def _across(side: str) -> Side:
    return Side.SUPPORTER if side == Side.SCHOOL else Side.SCHOOL


def heads_across(programme: Programme, side: str, *, now: datetime) -> set[int]:
    """The heads of the school on the other side, and who acts for the supported one."""
    on = london_day(now)
    if _across(side) == Side.SUPPORTER:
        return heads_of([programme.supporting_school_id], on=on)
    return supported_side_of(programme, on=on)


def _midnight(now: datetime) -> datetime:
    return datetime.combine(london_day(now), time.min, tzinfo=UK)
