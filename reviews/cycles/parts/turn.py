"""The one thing that waits on the reader now: the first that a function below finds.

Each is asked in turn, so they stand in the order of a year; whoever adds one adds a line to TURNS,
and asks the database only in the states that call for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from reviews.cycles.parts.part import Part
from reviews.cycles.parts.turns.answering import answer_and_fill
from reviews.cycles.parts.turns.drawing_up import draw_up
from reviews.cycles.parts.turns.giving import give_dates
from reviews.cycles.parts.turns.setting_up import prepare
from reviews.cycles.parts.turns.turn import Turn
from reviews.cycles.permissions import CycleRights

TURNS: tuple[Callable[[CycleRights, datetime], Turn | None], ...] = (
    prepare,
    give_dates,
    draw_up,
    answer_and_fill,
)


def turn(rights: CycleRights, now: datetime) -> Part | None:
    """What she is to do next, with its button; nothing while others have the turn."""
    for ask in TURNS:
        if found := ask(rights, now):
            return Part("cycles/includes/_turn.html", {"turn": found})
    return None
