"""The actions of a plan: given, changed, handed on, done and dropped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day, spoken_day
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme
from support.programmes.services.telling import record_of, tell_turn
from support.progress.models import Objective, Plan, PlanAction
from support.progress.services.agreeing import Change, keep_change
from support.progress.services.going_on import going_on
from support.progress.services.planning import standing
from support.progress.services.taking_part import taking_part_in


class TakesNoPart(Exception):
    """Whoever is to do it has no part in the programme."""


class ActionSettled(Exception):
    """The action is done or dropped."""


class ActionOpen(Exception):
    """The action isn't done."""


@transaction.atomic
def add_action(
    *,
    objective: Objective,
    words: str,
    owner: Person,
    due_at: datetime,
    side: str,
    by: Person,
    now: datetime,
) -> PlanAction:
    """Somebody is to do something until a day; she is told."""
    plan, current = standing(objective)
    _refuse_stranger(plan.programme, owner, now)
    action = PlanAction.objects.create(
        objective=current, words=words, owner=owner, due_at=due_at, given_by=by, given_at=now
    )
    change = Change(f"Action added: {words}", after="\n".join(_lines(action)[1:]))
    keep_change(plan, change, side=side, by=by, now=now)
    _tell_owner(plan.programme, action, by=by, now=now)
    return action


@transaction.atomic
def change_action(
    *,
    action: PlanAction,
    words: str,
    owner: Person,
    due_at: datetime,
    side: str,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> PlanAction:
    """Say otherwise what is done and until when, or hand it on; a new owner is told."""
    plan, current = _open(action, seen_version)
    before, title = _lines(current), current.words
    if current.owner_id != owner.pk:
        _refuse_stranger(plan.programme, owner, now)
    changed = apply_changes(current, {"words": words, "owner": owner, "due_at": due_at})
    if not changed:
        return current
    if "owner" in changed:
        apply_changes(current, {"given_by": by, "given_at": now})
        _tell_owner(plan.programme, current, by=by, now=now)
    pairs = [pair for pair in zip(before, _lines(current), strict=True) if pair[0] != pair[1]]
    change = Change(
        f"Action changed: {title}",
        before="\n".join(was for was, _is in pairs),
        after="\n".join(now_is for _was, now_is in pairs),
    )
    keep_change(plan, change, side=side, by=by, now=now)
    return current


@transaction.atomic
def drop_action(*, action: PlanAction, side: str, by: Person, now: datetime) -> PlanAction:
    """Nobody has to do it any more."""
    plan, current = _open(action)
    apply_changes(current, {"dropped_at": now})
    change = Change(f"Action dropped: {current.words}", before="\n".join(_lines(current)[1:]))
    keep_change(plan, change, side=side, by=by, now=now)
    return current


@transaction.atomic
def finish_action(*, action: PlanAction, note: str, by: Person, now: datetime) -> PlanAction:
    """Say that it is done and what came of it; the plan stays agreed."""
    programme = going_on(action.objective.programme)
    current = lock(action)
    if not current.is_open:
        raise ActionSettled
    apply_changes(current, {"done_at": now, "done_note": note})
    record_of("action of a plan done", programme, by=by, now=now)
    return current


@transaction.atomic
def reopen_action(*, action: PlanAction, by: Person, now: datetime) -> PlanAction:
    """It isn't done after all; what was said of it goes."""
    programme = going_on(action.objective.programme)
    current = lock(action)
    if current.done_at is None:
        raise ActionOpen
    apply_changes(current, {"done_at": None, "done_note": ""})
    record_of("action of a plan opened again", programme, by=by, now=now)
    return current


def _open(action: PlanAction, seen_version: int | None = None) -> tuple[Plan, PlanAction]:
    plan, objective = standing(action.objective)
    current = lock(action, seen_version=seen_version)
    if not current.is_open:
        raise ActionSettled
    current.objective = objective
    return plan, current


def _refuse_stranger(programme: Programme, owner: Person, now: datetime) -> None:
    if not taking_part_in(programme, on=london_day(now)).filter(pk=owner.pk).exists():
        raise TakesNoPart


def _tell_owner(programme: Programme, action: PlanAction, *, by: Person, now: datetime) -> None:
    tell_turn(programme, [action.owner_id], what=f"plan-action:{action.pk}", by=by, now=now)


def _lines(action: PlanAction) -> list[str]:
    """What an action says, a line for each thing."""
    return [
        f"Action: {action.words}",
        f"Who does it: {action.owner}",
        f"Due: {spoken_day(action.due_at)}",
    ]
