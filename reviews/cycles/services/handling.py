"""What organisers change of a draft by hand: a day or a team, what stays, and throwing it away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import lock
from reviews.cycles.models import RotaDraft
from reviews.cycles.problem import DayInJson, Drawing, days_from_json, findings_of, in_order
from reviews.cycles.rota import Costs, Weights
from reviews.cycles.services.cycles import lock_live
from reviews.cycles.services.drafting import State
from reviews.cycles.services.telling import record_of


class NotADraft(Exception):
    """It is being drawn up, was published, or was thrown away: nothing of it is changed now."""


class NotDiscarded(Exception):
    """It wasn't thrown away."""


def _open(draft: RotaDraft, seen_version: int | None) -> RotaDraft:
    lock_live(draft.cycle)
    current = lock(draft, seen_version=seen_version)
    if current.state != State.FOUND:
        raise NotADraft
    return current


@transaction.atomic
def move_day_by_hand(
    *,
    draft: RotaDraft,
    drawing: Drawing,
    day: DayInJson,
    seen_version: int,
    by: Person,
    now: datetime,
) -> RotaDraft:
    """Give a school another day or team, or the day that wasn't found; the rules were looked at."""
    current = _open(draft, seen_version)
    before = next((each for each in current.days if each["host"] == day["host"]), None)
    if before == day:
        return current
    others = [each for each in current.days if each["host"] != day["host"]]
    current.days = in_order([*others, day])
    current.unfilled = [each for each in current.unfilled if each["host"] != day["host"]]
    current.moved = sorted({*current.moved, day["host"]}, key=int)
    current.findings = findings_of(drawing, current.days)
    _weigh(current, drawing)
    _save(current, "days", "unfilled", "moved", "status", "objective", "bound", "findings")
    values = {"draft": current.number, "host": int(day["host"]), "date": day["date"]}
    if before is not None and before["date"] != day["date"]:
        values["date_before"] = before["date"]
    record_of("day of a draft moved by hand", draft.cycle, by=by, now=now, values=values)
    return current


def _weigh(draft: RotaDraft, drawing: Drawing) -> None:
    """What it now weighs; that none is better was proved of other teams."""
    problem = drawing.problem
    hosts = {each.id for each in problem.hosts}
    people = {each.id for each in problem.reviewers}
    teams = {
        day.host: day.everybody & people
        for day in days_from_json(draft.days)
        if day.host in hosts and day.everybody & people
    }
    draft.objective = Costs(problem, Weights()).points(teams)
    draft.bound = min(draft.bound or 0, draft.objective)
    whole = RotaDraft.Status.INFEASIBLE if draft.unfilled else RotaDraft.Status.FEASIBLE
    draft.status = whole


def _save(draft: RotaDraft, *fields: str) -> None:
    draft.version += 1
    draft.save(update_fields=[*fields, "version"])


@transaction.atomic
def fix_day(
    *, draft: RotaDraft, host: str, is_fixed: bool, seen_version: int, by: Person, now: datetime
) -> RotaDraft:
    """Whether a day stays when the next draft is drawn up from this one."""
    current = _open(draft, seen_version)
    kept = {*current.fixed, host} if is_fixed else {*current.fixed} - {host}
    current.fixed = sorted(kept, key=int)
    _save(current, "fixed")
    action = "day of a draft fixed" if is_fixed else "day of a draft freed"
    values = {"draft": current.number, "host": int(host)}
    record_of(action, draft.cycle, by=by, now=now, values=values)
    return current


@transaction.atomic
def discard_draft(*, draft: RotaDraft, by: Person, now: datetime) -> RotaDraft:
    """Throw it away; it can be taken back."""
    current = lock(draft)
    if current.state not in {State.FOUND, State.FAILED}:
        raise NotADraft
    return _settle(current, State.DISCARDED, "draft thrown away", draft, by=by, now=now)


@transaction.atomic
def take_back_draft(*, draft: RotaDraft, by: Person, now: datetime) -> RotaDraft:
    """It stands again as it was."""
    current = lock(draft)
    if current.state != State.DISCARDED:
        raise NotDiscarded
    state = State.FOUND if current.status else State.FAILED
    return _settle(current, state, "draft taken back", draft, by=by, now=now)


def _settle(
    current: RotaDraft, state: str, action: str, draft: RotaDraft, *, by: Person, now: datetime
) -> RotaDraft:
    current.state = state
    _save(current, "state")
    record_of(action, draft.cycle, by=by, now=now, values={"draft": current.number})
    return current
