"""Drafts of a rota: asked for, drawn up by the portal, stopped, given up, and drawn up once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Max

from partnership.people.models import Person
from partnership.toolkit.versions import lock
from reviews.cycles.models import Cycle, RotaDraft
from reviews.cycles.problem import DayInJson
from reviews.cycles.problem.watching import ask_to_stop, forget_run
from reviews.cycles.services.cycles import lock_live
from reviews.cycles.services.telling import record_of

State = RotaDraft.State
TASK = "cycles.draw_up"
GIVEN_UP = "It was given up before it came to an end."


class DrawingAlready(Exception):
    """The alliance has a rota drawn up already: one at a time."""


class NotRunning(Exception):
    """Nothing is being drawn up there any more."""


class NotDead(Exception):
    """It is drawn up or published: a new draft is what is wanted."""


@dataclass(frozen=True)
class Result:
    """What a search came to, as a draft keeps it."""

    status: str
    objective: int
    bound: int
    days: list[DayInJson]
    unfilled: list[dict[str, str]] = field(default_factory=list)
    relaxations: list[dict[str, Any]] = field(default_factory=list)
    changed: int | None = None
    findings: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def ask_for_draft(
    *,
    cycle: Cycle,
    seconds: int,
    by: Person,
    now: datetime,
    staying: Iterable[DayInJson] = (),
    replan: dict[str, Any] | None = None,
) -> RotaDraft:
    """A new draft, to be drawn up at once; `staying` are days of it that are settled beforehand."""
    current = lock_live(cycle)
    _refuse_second(current.alliance_id)
    kept = list(staying)
    last = current.drafts.aggregate(last=Max("number"))["last"] or 0
    draft = RotaDraft.objects.create(
        cycle=current,
        alliance_id=current.alliance_id,
        number=last + 1,
        is_replan=replan is not None,
        replan=replan or {},
        fixed=[day["host"] for day in kept],
        days=kept,
        seconds=seconds,
        asked_by=by,
        asked_at=now,
    )
    record_of("draft of the rota asked for", current, by=by, now=now, values=_named(draft))
    _send(draft)
    return draft


def _refuse_second(alliance_id: int, *, but: int = 0) -> None:
    if RotaDraft.objects.running().filter(alliance=alliance_id).exclude(pk=but).exists():
        raise DrawingAlready


def _send(draft: RotaDraft) -> None:
    transaction.on_commit(partial(current_app.send_task, TASK, args=[draft.pk]))


def _named(draft: RotaDraft) -> dict[str, Any]:
    return {"draft": draft.number}


@transaction.atomic
def claim_draft(*, draft_id: int, now: datetime) -> RotaDraft | None:
    """Begin, or begin anew where a worker was lost; None where it was given up or is done.

    `began_at` tells one run from the next: only the newest one keeps what it finds.
    """
    drafts = RotaDraft.objects.select_for_update(of=("self",)).running()
    draft = drafts.select_related("cycle").filter(pk=draft_id).first()
    if draft is None:
        return None
    draft.state, draft.began_at = State.SEARCHING, now
    draft.save(update_fields=["state", "began_at"])
    return draft


@transaction.atomic
def keep_result(*, draft: RotaDraft, result: Result, now: datetime) -> bool:
    """Keep what a run found, unless it was given up, or another run has begun since."""
    current = _of_this_run(draft)
    if current is None:
        return False
    current.state, current.ended_at = State.FOUND, now
    for name, value in vars(result).items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=["state", "ended_at", "version", *vars(result)])
    forget_run(current.pk)
    values = _named(current) | {"days": len(result.days), "without": len(result.unfilled)}
    record_of("draft of the rota drawn up", current.cycle, by=None, now=now, values=values)
    return True


@transaction.atomic
def fail_draft(*, draft: RotaDraft, because: str, now: datetime) -> None:
    """A run broke off: its draft says so, and another may be drawn up."""
    current = _of_this_run(draft)
    if current is not None:
        _break_off(current, because, now)
        record_of("draft broken off", current.cycle, by=None, now=now, values=_named(current))


def _of_this_run(draft: RotaDraft) -> RotaDraft | None:
    rows = RotaDraft.objects.select_for_update(of=("self",)).select_related("cycle")
    return rows.filter(pk=draft.pk, state=State.SEARCHING, began_at=draft.began_at).first()


def _break_off(draft: RotaDraft, because: str, now: datetime) -> None:
    draft.state, draft.failed_because, draft.ended_at = State.FAILED, because, now
    draft.version += 1
    draft.save(update_fields=["state", "failed_because", "ended_at", "version"])
    forget_run(draft.pk)


@transaction.atomic
def stop_draft(*, draft: RotaDraft, by: Person, now: datetime) -> None:
    """The best so far shall do: the run ends within a few seconds and keeps it."""
    current = lock(draft)
    if not current.is_running:
        raise NotRunning
    record_of("draft stopped", draft.cycle, by=by, now=now, values=_named(current))
    transaction.on_commit(partial(ask_to_stop, current.pk))


@transaction.atomic
def give_up_draft(*, draft: RotaDraft, by: Person, now: datetime) -> RotaDraft:
    """Whatever a run may still find, it is not kept; another rota may be drawn up."""
    current = lock(draft)
    if not current.is_running:
        raise NotRunning
    _break_off(current, GIVEN_UP, now)
    transaction.on_commit(partial(ask_to_stop, current.pk))
    record_of("draft given up", draft.cycle, by=by, now=now, values=_named(current))
    return current


@transaction.atomic
def draw_up_again(*, draft: RotaDraft, by: Person, now: datetime) -> RotaDraft:
    """The same draft once more, after a run that died or broke off."""
    cycle = lock_live(draft.cycle)
    current = lock(draft)
    if not (current.is_running or current.state == State.FAILED):
        raise NotDead
    _refuse_second(current.alliance_id, but=current.pk)
    current.state, current.began_at, current.ended_at = State.WAITING, None, None
    current.asked_at, current.failed_because = now, ""
    current.version += 1
    fields = ["state", "began_at", "ended_at", "asked_at", "failed_because", "version"]
    current.save(update_fields=fields)
    forget_run(current.pk)
    record_of("draft drawn up again", cycle, by=by, now=now, values=_named(current))
    _send(current)
    return current
