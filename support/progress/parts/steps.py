"""The steps of a programme that has begun, phase by phase."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from partnership.toolkit.spoken_dates import london_day
from support.programmes.models import Programme
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import Facts, facts_of, terms_of
from support.progress.course.tasks import Gate, Standing, Status, Task, phases_of

TONES = {
    Status.COMPLETE: "done",
    Status.IN_PROGRESS: "soon",
    Status.NOT_STARTED: "plain",
    Status.BLOCKED: "plain",
    Status.NOT_NEEDED: "plain",
}


def standing_of(rights: Rights, now: datetime) -> Standing:
    """What the tasks of a programme follow from."""
    programme, facts = rights.programme, facts_of(rights, now)
    terms = terms_of(programme)
    today = london_day(now)
    current = terms.now(today)
    return Standing(
        has_plan=facts.plan_version is not None,
        is_plan_agreed=facts.is_plan_agreed,
        was_plan_agreed=facts.plan_agreed_at is not None,
        measures=facts.measures,
        baselines=facts.baselines,
        visits_planned=facts.visits_planned,
        visits_held=facts.visits_held,
        notes_missing=facts.notes_missing,
        needs_placement=facts.needs_placement,
        placements=facts.placements,
        placements_held=facts.placements_held,
        terms=len(terms.all),
        term_now=current.number if current else None,
        midpoint=terms.midpoint,
        reviews_closed=facts.reviews_closed,
        review_open=_review_open(facts),
        has_exit_strategy=facts.exit_strategies > 0,
        is_last_term=terms.last is not None and terms.last.starts_on <= today,
        is_final_open=facts.ending_due_at is not None and facts.ending_closed_at is None,
        final_views=facts.ended_school + facts.ended_supporter,
        is_closed=facts.ending_closed_at is not None,
        checks_given=facts.checks_given,
        is_looked_back=facts.checkback_given_at is not None,
        is_stopped=programme.state == Programme.State.STOPPED,
    )


def _review_open(facts: Facts) -> int | None:
    return facts.review_term if facts.review_closed_at is None else None


def steps(rights: Rights, now: datetime) -> Part:
    """Each phase with its tasks and gates."""
    phases = phases_of(standing_of(rights, now))
    shown = tuple((phase.name, tuple(_line(entry) for entry in phase.entries)) for phase in phases)
    return Part("progress/includes/_steps.html", {"phases": shown})


class Line(NamedTuple):
    """A task or a gate as the page shows it."""

    words: str
    tone: str
    stands: str
    detail: str = ""
    is_gate: bool = False


def _line(entry: Task | Gate) -> Line:
    if isinstance(entry, Gate):
        tone, stands = ("done", "Open") if entry.is_open else ("plain", "Closed")
        return Line(entry.words, tone, stands, is_gate=True)
    return Line(entry.words, TONES[entry.status], entry.status.value, entry.detail)
