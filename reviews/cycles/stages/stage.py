"""The stage of one host, as it follows from its day and the answers of its team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from partnership.toolkit.spoken_dates import spoken_moment
from reviews.cycles.models import ReviewDay

TIME_TO_SAY = timedelta(days=1)


class Stage(models.TextChoices):
    """The stages through which a host's day goes, in their order."""

    NO_DAY = "no_day", "No day yet"
    PLANNED = "planned", "Team not complete"
    DECLINED = "declined", "Place declined"
    WAITING = "waiting", "Waits for answers"
    COMPLETE = "complete", "Team complete"
    OVER = "over", "To be confirmed"
    HELD = "held", "Held"


SETTLED = frozenset({Stage.COMPLETE, Stage.HELD})
TONES = {Stage.COMPLETE: "done", Stage.HELD: "done", Stage.WAITING: "note"}


@dataclass(frozen=True)
class Facts:
    """What a host's stage follows from; without a day only `is_over` of the window counts."""

    state: str = ""
    ends_at: datetime | None = None
    team_size: int | None = None
    has_lead: bool = False
    accepted: int = 0
    waiting: int = 0
    declined: int = 0
    answer_by: datetime | None = None
    fill_by: datetime | None = None
    is_window_over: bool = False

    @property
    def asked(self) -> int:
        """How many are asked and haven't declined."""
        return self.accepted + self.waiting


@dataclass(frozen=True)
class Standing:
    """A stage with what comes next, whose it is, by when, and whether that is late."""

    stage: Stage
    next_words: str = ""
    whose: str = ""
    due_at: datetime | None = None
    is_late: bool = False

    @property
    def label(self) -> str:
        """The stage, in words."""
        return str(self.stage.label)

    @property
    def waits(self) -> bool:
        """Whether somebody has to do something."""
        return self.stage not in SETTLED

    @property
    def tone(self) -> str:
        """How the stage looks; late comes first."""
        return "late" if self.is_late else TONES.get(self.stage, "soon")

    @property
    def by(self) -> str:
        """By when, in words."""
        return spoken_moment(self.due_at) if self.due_at else ""


def standing_of(facts: Facts, now: datetime) -> Standing:
    """Where a host stands at a moment."""
    stage = _stage(facts, now)
    words, whose = NEXT[stage]
    due_at = _due(stage, facts)
    is_late = due_at is not None and due_at < now
    return Standing(
        stage, words, whose, due_at, is_late or (stage == Stage.NO_DAY and facts.is_window_over)
    )


NEXT = {
    Stage.NO_DAY: ("Find a day", "the organiser"),
    Stage.PLANNED: ("Complete the team", "the organiser"),
    Stage.DECLINED: ("Ask somebody else", "the organiser"),
    Stage.WAITING: ("Accept or decline", "the reviewers"),
    Stage.COMPLETE: ("Hold the day", "the host and the team"),
    Stage.OVER: ("Say that it was held", "the lead or the organiser"),
    Stage.HELD: ("", ""),
}


def _stage(facts: Facts, now: datetime) -> Stage:
    if facts.state not in {ReviewDay.State.PLANNED, ReviewDay.State.HELD}:
        return Stage.NO_DAY
    if facts.state == ReviewDay.State.HELD:
        return Stage.HELD
    if facts.ends_at is not None and facts.ends_at <= now:
        return Stage.OVER
    if facts.declined:
        return Stage.DECLINED
    if not facts.has_lead or facts.asked < (facts.team_size or 1):
        return Stage.PLANNED
    return Stage.WAITING if facts.waiting else Stage.COMPLETE


def _due(stage: Stage, facts: Facts) -> datetime | None:
    if stage == Stage.OVER and facts.ends_at is not None:
        return facts.ends_at + TIME_TO_SAY
    return {Stage.DECLINED: facts.fill_by, Stage.WAITING: facts.answer_by}.get(stage)
