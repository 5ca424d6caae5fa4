"""A search that is under way, told through the cache: the solver's threads never ask the database."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache

from partnership.toolkit.progress import KEPT_SECONDS, SILENT_SECONDS
from reviews.cycles.rota import Progress

BEAT_SECONDS = 2.0
STAGES = {
    "who": "choosing who visits whom",
    "when": "choosing the days",
    "both": "settling teams and days together",
    "relaxing": "trying what would help",
}


@dataclass(frozen=True)
class Heard:
    """What was last heard of a run: `at` is a Unix time, `run` tells one run from the next."""

    run: str
    at: float
    stage: str = ""
    objective: int | None = None
    bound: int | None = None
    is_stopping: bool = False

    @property
    def words(self) -> str:
        """What it is at."""
        return STAGES.get(self.stage, "reading dates and rules")

    @property
    def best(self) -> str:
        """The points of the best so far; only those of teams say how good a rota is."""
        if self.objective is None or self.bound is None or self.stage == "when":
            return ""
        return f"{self.objective:,} points; none can have fewer than {self.bound:,}"


def _heard_key(draft_id: int) -> str:
    return f"rota-draft:{draft_id}"


def _stop_key(draft_id: int) -> str:
    return f"rota-draft-stop:{draft_id}"


def begin_run(draft_id: int, run: str) -> Run:
    """A new run, whatever an earlier one said or was told."""
    cache.delete(_stop_key(draft_id))
    watch = Run(draft_id, run)
    watch.tell()
    return watch


def heard_of(draft_id: int) -> Heard | None:
    """What is known of a run, if anything."""
    kept = cache.get(_heard_key(draft_id))
    if kept is None:
        return None
    return Heard(**kept, is_stopping=bool(cache.get(_stop_key(draft_id))))


def ask_to_stop(draft_id: int) -> None:
    """The best so far shall do."""
    cache.set(_stop_key(draft_id), True, KEPT_SECONDS)  # noqa: FBT003 a value in the cache


def forget_run(draft_id: int) -> None:
    """Nothing is to be heard of it any more."""
    cache.delete_many([_heard_key(draft_id), _stop_key(draft_id)])


def is_silent_since(at: float, now: float) -> bool:
    """Whether a run has said nothing for so long that it is probably dead."""
    return now - at > SILENT_SECONDS


@dataclass
class Run:
    """Waits for one run's rota: keeps the best so far, and hears of being stopped or overtaken."""

    draft_id: int
    run: str
    stage: str = ""
    objective: int | None = None
    bound: int | None = None
    told_at: float = 0.0

    def found(self, best: Progress) -> None:
        """A better one."""
        if self.stage != "relaxing":
            self.stage, self.objective, self.bound = best.stage, best.objective, best.bound
        self.tell()

    def is_stopped(self) -> bool:
        """By whoever waits, or because another run has taken this one's place."""
        if time.time() - self.told_at > BEAT_SECONDS:
            self.tell()
        kept = cache.get_many([_stop_key(self.draft_id), _heard_key(self.draft_id)])
        heard: dict[str, Any] = kept.get(_heard_key(self.draft_id), {})
        return _stop_key(self.draft_id) in kept or heard.get("run", self.run) != self.run

    def relaxing(self) -> None:
        """The rota is there; now what would help is tried."""
        self.stage = "relaxing"
        self.tell()

    def tell(self) -> None:
        """Say that it lives, unless another run has begun since."""
        kept = cache.get(_heard_key(self.draft_id))
        if self.told_at and kept is not None and kept["run"] != self.run:
            return
        self.told_at = time.time()
        said = asdict(Heard(self.run, self.told_at, self.stage, self.objective, self.bound))
        said.pop("is_stopping")
        cache.set(_heard_key(self.draft_id), said, KEPT_SECONDS)
