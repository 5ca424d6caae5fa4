"""The nine stages of a review, each reached because its data is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from partnership.toolkit.spoken_dates import spoken_date
from reviews.days.course.facts import ReviewFacts
from reviews.days.course.tasks import Task, tasks_before

NEAR = timedelta(days=250)


class Stage(models.TextChoices):
    """The stages through which a review goes, in their order."""

    PLANNED = "planned", "Planned"
    SHARED = "shared", "Self-evaluation shared"
    READY = "ready", "Ready"
    HELD = "held", "Held"
    MODERATED = "moderated", "Moderated"
    CHECKING = "checking", "Accuracy check"
    RELEASED = "released", "Released"
    WORKSHOP = "workshop", "Workshop"
    CHECKED_BACK = "checked_back", "Checked back"


STAGES = tuple(Stage)


@dataclass(frozen=True)
class Step:
    """One stage on the track: reached, being worked on, or to come; `words` say when."""

    stage: Stage
    look: str
    words: str

    @property
    def label(self) -> str:
        """Its name."""
        return str(self.stage.label)

    @property
    def is_now(self) -> bool:
        """Whether this is what is worked on."""
        return self.look == "now"


def steps_of(facts: ReviewFacts, now: datetime) -> list[Step]:
    """Every stage in its order, with when it was reached or is due."""
    reached = _reached(facts)
    due = _due(facts)
    last = max((place for place, stage in enumerate(STAGES) if reached[stage]), default=-1)
    steps = []
    for place, stage in enumerate(STAGES):
        if place <= last and reached[stage]:
            steps.append(Step(stage, "done", _on(reached[stage], now)))
        elif place < last:
            steps.append(Step(stage, "skipped", "not complete"))
        elif place == last + 1:
            steps.append(Step(stage, "now", _now_words(stage, facts, now) or _by(due[stage], now)))
        else:
            steps.append(Step(stage, "todo", _by(due[stage], now)))
    return steps


def stage_of(facts: ReviewFacts) -> Stage | None:
    """The furthest stage that is reached; none while the host has no day."""
    if facts.starts_at is None:
        return None
    after = _after_ready(facts)
    found = next((stage for stage in reversed(after) if after[stage]), None)
    if found is not None:
        return found
    if _ready_at(facts) is not None:
        return Stage.READY
    return Stage.SHARED if facts.shared_at is not None else Stage.PLANNED


def _reached(facts: ReviewFacts) -> dict[Stage, datetime | None]:
    return {
        Stage.PLANNED: facts.starts_at,
        Stage.SHARED: facts.shared_at,
        Stage.READY: _ready_at(facts),
        **_after_ready(facts),
    }


def _ready_at(facts: ReviewFacts) -> datetime | None:
    before = tasks_before(facts)
    if not all(task.is_there for task in before):
        return None
    return max((task.at for task in before if task.at is not None), default=facts.shared_at)


def _after_ready(facts: ReviewFacts) -> dict[Stage, datetime | None]:
    return {
        Stage.HELD: facts.ends_at if facts.is_held else None,
        Stage.MODERATED: facts.moderated_at,
        Stage.CHECKING: facts.checked_at or (facts.sent_at if facts.released_at else None),
        Stage.RELEASED: facts.released_at,
        Stage.WORKSHOP: facts.workshop_held_at,
        Stage.CHECKED_BACK: facts.checked_back_at,
    }


def _due(facts: ReviewFacts) -> dict[Stage, datetime | None]:
    return {
        Stage.PLANNED: None,
        Stage.SHARED: facts.evaluation_by,
        Stage.READY: facts.read_by,
        Stage.HELD: facts.starts_at,
        Stage.MODERATED: facts.moderate_by,
        Stage.CHECKING: facts.check_by or facts.report_by,
        Stage.RELEASED: facts.answer_by if facts.waits_for_answers else facts.release_by,
        Stage.WORKSHOP: facts.workshop_at or facts.workshop_by,
        Stage.CHECKED_BACK: facts.check_back_by,
    }


def _now_words(stage: Stage, facts: ReviewFacts, now: datetime) -> str:
    """What is said of the stage that is worked on, beside its date."""
    if stage == Stage.READY:
        tasks: list[Task] = tasks_before(facts)
        return f"{sum(task.is_there for task in tasks)} of {len(tasks)} things there"
    if stage == Stage.MODERATED and facts.going and not facts.all_views_are_in:
        return f"{facts.viewed} of {facts.going} views in"
    if stage == Stage.HELD and facts.ends_at is not None and facts.ends_at < now:
        return "to be confirmed"
    return ""


def _on(moment: datetime | None, now: datetime) -> str:
    """14 December; with its year where that is far off."""
    if moment is None:
        return ""
    said = spoken_date(moment)
    return said if abs(moment - now) > NEAR else said.rpartition(" ")[0]


def _by(moment: datetime | None, now: datetime) -> str:
    return f"by {_on(moment, now)}" if moment is not None else ""
