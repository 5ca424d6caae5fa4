"""The parts of a programme's page: each says what it shows to somebody, or that it shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

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
SIDE: tuple[Callable[[Rights, datetime], Part | None], ...] = (steps, people)


def shown(
    makers: tuple[Callable[[Rights, datetime], Part | None], ...], rights: Rights, now: datetime
) -> list[Part]:
    """The parts that she is shown, in the page's order."""
    return [part for make in makers if (part := make(rights, now)) is not None]


__all__ = ["MAIN", "SIDE", "Part", "next_step", "shown"]
