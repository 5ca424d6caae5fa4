"""The parts of a cycle's page: each says what it shows to somebody, or that it shows nothing."""

from __future__ import annotations

from datetime import datetime

from reviews.cycles.parts.dates import dates
from reviews.cycles.parts.drafts import drafts
from reviews.cycles.parts.part import Maker, Part
from reviews.cycles.parts.people import people
from reviews.cycles.parts.rules import rules
from reviews.cycles.parts.turn import turn
from reviews.cycles.parts.year import reciprocity, year
from reviews.cycles.permissions import CycleRights

TOP: tuple[Maker, ...] = (turn,)
MAIN: tuple[Maker, ...] = (year, dates, drafts, reciprocity)
SIDE: tuple[Maker, ...] = (rules, people)


def shown(makers: tuple[Maker, ...], rights: CycleRights, now: datetime) -> list[Part]:
    """The parts that she is shown, in the page's order."""
    return [part for make in makers if (part := make(rights, now)) is not None]


__all__ = ["MAIN", "SIDE", "TOP", "Part", "shown"]
