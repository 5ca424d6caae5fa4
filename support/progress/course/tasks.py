"""What is done, under way, not yet possible or not needed in a programme: rules without a database.

Nobody ticks a task: each follows from what is there. A gate is a condition that a service enforces,
so that what stands behind a closed gate can't start yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a task stands."""

    COMPLETE = "Complete"
    IN_PROGRESS = "In progress"
    NOT_STARTED = "Not started"
    BLOCKED = "Can’t start yet"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True)
class Task:
    """Something to be done: where it stands, and why or how far."""

    words: str
    status: Status
    detail: str = ""


@dataclass(frozen=True)
class Gate:
    """What has to be so before the tasks behind it can start."""

    words: str
    is_open: bool


@dataclass(frozen=True)
class Phase:
    """Tasks and gates of one part of the way, in their order."""

    name: str
    entries: tuple[Task | Gate, ...]

    @property
    def tasks(self) -> list[Task]:
        """Its tasks without its gates."""
        return [entry for entry in self.entries if isinstance(entry, Task)]


@dataclass(frozen=True)
class Standing:
    """All that the tasks follow from."""

    has_plan: bool = False
    is_plan_agreed: bool = False
    was_plan_agreed: bool = False
    measures: int = 0
    baselines: int = 0
    visits_planned: int = 0
    visits_held: int = 0
    notes_missing: int = 0
    needs_placement: bool = False
    placements: int = 0
    placements_held: int = 0
    terms: int = 5
    term_now: int | None = None
    midpoint: int = 3
    reviews_closed: int = 0
    review_open: int | None = None
    has_exit_strategy: bool = False
    is_last_term: bool = False
    is_final_open: bool = False
    final_views: int = 0
    is_closed: bool = False
    checks_given: int = 0
    is_looked_back: bool = False
    is_stopped: bool = False


CHECKS = 2
SIDES = 2
EARLY = "The support ended early"


def phases_of(standing: Standing) -> list[Phase]:
    """Every phase from the signed agreement to the last check."""
    plan = Gate("Both schools have agreed to a plan", standing.was_plan_agreed)
    last = Gate("The last term has begun", standing.is_last_term or standing.is_closed)
    phases = [
        Phase("Beginning", (Task("Request, review and agreement", Status.COMPLETE),)),
        Phase("Plan", (_plan(standing), _start(standing))),
        Phase(
            "Terms",
            (
                _visits(standing),
                _placements(standing),
                plan,
                _reviews(standing, gate=plan),
                _midpoint(standing, gate=plan),
            ),
        ),
        Phase("The end", (last, _final(standing, gate=last))),
        Phase("Does it last?", (_checks(standing), _looked_back(standing))),
    ]
    return [_early(phase) for phase in phases] if standing.is_stopped else phases


def _early(phase: Phase) -> Phase:
    """What isn't complete won't be done any more."""
    return Phase(
        phase.name,
        tuple(
            entry
            if isinstance(entry, Gate) or entry.status == Status.COMPLETE
            else Task(entry.words, Status.NOT_NEEDED, _until_then(entry))
            for entry in phase.entries
        ),
    )


def _until_then(task: Task) -> str:
    """That the rest isn't needed, and how far it had come."""
    how_far = task.detail if task.status == Status.IN_PROGRESS else ""
    return f"{EARLY}; until then {how_far[0].lower()}{how_far[1:]}" if how_far else EARLY


def _plan(standing: Standing) -> Task:
    words = "Plan set by both schools"
    if not standing.has_plan:
        return _never_begun(standing, words)
    if standing.is_plan_agreed:
        return Task(words, Status.COMPLETE)
    why = "Changed since both agreed" if standing.was_plan_agreed else "Not agreed by both yet"
    return Task(words, Status.IN_PROGRESS, why)


def _never_begun(standing: Standing, words: str) -> Task:
    if standing.is_closed:
        return Task(words, Status.NOT_NEEDED, "The support is over")
    return Task(words, Status.NOT_STARTED)


def _start(standing: Standing) -> Task:
    words = "Figures at the start"
    if not standing.measures:
        return _never_begun(standing, words)
    if standing.baselines >= standing.measures:
        return Task(words, Status.COMPLETE)
    how_far = f"{standing.baselines} of {standing.measures}"
    is_begun = standing.baselines > 0
    return Task(words, Status.IN_PROGRESS if is_begun else Status.NOT_STARTED, how_far)


def _visits(standing: Standing) -> Task:
    words = "Visits"
    if standing.notes_missing:
        many = "note" if standing.notes_missing == 1 else "notes"
        return Task(words, Status.IN_PROGRESS, f"{standing.notes_missing} {many} to write")
    if standing.visits_held and standing.is_closed and not standing.visits_planned:
        return Task(words, Status.COMPLETE, f"{standing.visits_held} held")
    if standing.visits_held or standing.visits_planned:
        how_far = f"{standing.visits_held} held, {standing.visits_planned} planned"
        return Task(words, Status.IN_PROGRESS, how_far)
    if standing.is_closed:
        return Task(words, Status.NOT_NEEDED, "None was held")
    return Task(words, Status.NOT_STARTED)


def _placements(standing: Standing) -> Task:
    words = "Placements"
    if not standing.placements:
        if standing.needs_placement and not standing.is_closed:
            return Task(words, Status.NOT_STARTED)
        why = "None was held" if standing.needs_placement else "Not part of the agreement"
        return Task(words, Status.NOT_NEEDED, why)
    if standing.placements_held >= standing.placements:
        return Task(words, Status.COMPLETE, f"{standing.placements_held} held")
    how_far = f"{standing.placements_held} of {standing.placements} held"
    return Task(words, Status.IN_PROGRESS, how_far)


def _reviews(standing: Standing, *, gate: Gate) -> Task:
    words = "Reviews of the terms"
    if standing.is_closed:
        return Task(words, Status.COMPLETE, f"{standing.reviews_closed} closed")
    if not gate.is_open:
        return Task(words, Status.BLOCKED, "After both have agreed to the plan")
    if standing.review_open is not None:
        return Task(words, Status.IN_PROGRESS, f"Term {standing.review_open} is open")
    if standing.reviews_closed >= standing.terms:
        return Task(words, Status.COMPLETE, f"{standing.reviews_closed} closed")
    if standing.reviews_closed:
        how_far = f"{standing.reviews_closed} of {standing.terms} closed"
        return Task(words, Status.IN_PROGRESS, how_far)
    return Task(words, Status.NOT_STARTED, "At the end of the first term")


def _midpoint(standing: Standing, *, gate: Gate) -> Task:
    words = "Mid-point, with how the school goes on alone"
    if standing.has_exit_strategy:
        return Task(words, Status.COMPLETE)
    if standing.is_closed:
        return Task(words, Status.NOT_NEEDED, "The support is over")
    if not gate.is_open:
        return Task(words, Status.BLOCKED, "After both have agreed to the plan")
    if standing.review_open == standing.midpoint:
        return Task(words, Status.IN_PROGRESS)
    if standing.term_now is None or standing.term_now < standing.midpoint:
        return Task(words, Status.BLOCKED, f"With the review of term {standing.midpoint}")
    return Task(words, Status.NOT_STARTED)


def _final(standing: Standing, *, gate: Gate) -> Task:
    words = "Final review"
    if standing.is_closed:
        return Task(words, Status.COMPLETE)
    if not gate.is_open:
        return Task(words, Status.BLOCKED, "In the last term")
    if standing.is_final_open:
        return Task(words, Status.IN_PROGRESS, f"{standing.final_views} of {SIDES} views given")
    return Task(words, Status.NOT_STARTED)


def _checks(standing: Standing) -> Task:
    words = "Checks one and two terms after"
    if not standing.is_closed:
        return Task(words, Status.BLOCKED, "After the final review")
    if standing.checks_given >= CHECKS:
        return Task(words, Status.COMPLETE)
    is_begun = standing.checks_given > 0
    how_far = f"{standing.checks_given} of {CHECKS}"
    return Task(words, Status.IN_PROGRESS if is_begun else Status.NOT_STARTED, how_far)


def _looked_back(standing: Standing) -> Task:
    words = "What changed, for whom"
    if not standing.is_closed:
        return Task(words, Status.BLOCKED, "After the final review")
    return Task(words, Status.COMPLETE if standing.is_looked_back else Status.NOT_STARTED)
