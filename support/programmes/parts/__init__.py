"""The parts of a programme's page: each says what it shows to somebody, or that it shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from support.programmes.models import Stage
from support.programmes.parts.agreement import agreement
from support.programmes.parts.asked import asked
from support.programmes.parts.eligibility import eligibility
from support.programmes.parts.gates import gates
from support.programmes.parts.next_step import next_step
from support.programmes.parts.part import Part
from support.programmes.parts.people import people
from support.programmes.parts.review import review
from support.programmes.parts.steps import steps
from support.programmes.parts.strands import strands
from support.programmes.permissions import Rights

MAIN: tuple[Callable[[Rights, datetime], Part | None], ...] = (
    asked,
    eligibility,
    review,
    strands,
    gates,
    agreement,
)
FIRST: dict[Stage, tuple[Callable[[Rights, datetime], Part | None], ...]] = {
    Stage.OWN_VIEW: (review,),
    Stage.ASSESSMENT: (review,),
    Stage.REPLY: (review,),
    Stage.JUDGEMENT: (review,),
    Stage.WATCHED: (review,),
    Stage.MATCHING: (strands, review),
    Stage.AGREEMENT: (agreement, gates, strands),
    Stage.SIGNING: (agreement, gates, strands),
    Stage.RUNNING: (strands, agreement),
}
SIDE: tuple[Callable[[Rights, datetime], Part | None], ...] = (steps, people)
AFTER: tuple[Callable[[Rights, datetime], Part | None], ...] = (people,)


def main_parts(rights: Rights, now: datetime) -> list[Part]:
    """What the programme is about now comes first, then the rest in its order."""
    first = FIRST.get(rights.programme.stage_now, ())
    return shown((*first, *(make for make in MAIN if make not in first)), rights, now)


def shown(
    makers: tuple[Callable[[Rights, datetime], Part | None], ...], rights: Rights, now: datetime
) -> list[Part]:
    """The parts that she is shown, in the page's order."""
    return [part for make in makers if (part := make(rights, now)) is not None]


__all__ = ["AFTER", "SIDE", "Part", "main_parts", "next_step", "shown"]
