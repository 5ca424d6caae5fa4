"""One run of the optimiser for a draft: read the rows, search, say why and what would help, keep it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import Any

from reviews.cycles.models import RotaDraft
from reviews.cycles.problem import (
    Drawing,
    days_from_json,
    days_in_json,
    drawing_beyond,
    drawing_of,
    findings_of,
    key_of,
    obstacle_of,
    rows_of,
    while_out,
    with_warning,
)
from reviews.cycles.problem.watching import Run
from reviews.cycles.rota import Effort, Problem, Rota, plan, try_relaxations
from reviews.cycles.services.drafting import Result

SECONDS_FOR_EACH_RELAXATION = 5.0
MOST_WORKERS = 8


class NothingToDrawUp(Exception):
    """The cycle lacks what a rota needs; the sentence says what."""


def search_draft(
    draft: RotaDraft, watch: Run, *, today: date, workers: int | None = None
) -> Result:
    """The best rota that is found in the draft's seconds, or sooner when it is stopped."""
    rows = while_out(rows_of(draft.cycle), draft.replan)
    staying = days_from_json(day for day in draft.days if day["host"] in draft.fixed)
    warned = with_warning(rows, today)
    drawing = drawing_of(warned, today=today, staying=staying, is_replan=draft.is_replan)
    if said := obstacle_of(drawing):
        raise NothingToDrawUp(said)
    problem = drawing.problem
    workers = workers or min(MOST_WORKERS, os.cpu_count() or 1)
    rota = plan(problem, Effort(draft.seconds, workers, watch=watch))
    relaxations: list[dict[str, Any]] = []
    if rota.unfilled and not watch.is_stopped():
        watch.relaxing()
        wider, more = drawing_beyond(
            draft.cycle, problem, today=today, staying=staying, replan=draft.replan
        )
        seconds = min(SECONDS_FOR_EACH_RELAXATION, draft.seconds)
        effort = Effort(seconds, workers, watch=watch)
        tried = try_relaxations(_fresh(wider), len(rota.days), more, effort)
        before = len(rota.days)
        relaxations = [
            {"words": drawing.names.said(each.words), "filled": each.filled - before}
            for each in tried
        ]
    found = _result(drawing, rota, relaxations, is_replan=draft.is_replan)
    as_is = drawing_of(rows, today=today, overrides_blocked=False)
    return replace(found, findings=findings_of(as_is, found.days))


def _fresh(problem: Problem) -> Problem:
    """What helps is asked of the whole rota: nothing of it has to stay as it was."""
    return replace(problem, current=None)


def _result(
    drawing: Drawing, rota: Rota, relaxations: list[dict[str, Any]], *, is_replan: bool
) -> Result:
    days = days_in_json([*rota.days, *drawing.aside])
    unfilled = [
        {"host": key_of(each.host), "reason": drawing.names.sentence(each.reason)}
        for each in rota.unfilled
    ]
    return Result(
        status=str(rota.status),
        objective=rota.objective,
        bound=rota.bound,
        days=days,
        unfilled=unfilled,
        relaxations=relaxations,
        changed=rota.changed if is_replan else None,
    )
