"""Planned figures between where a measure starts and what is to be reached."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
WHOLE = Decimal(1)


def evenly(start: Decimal, goal: Decimal, terms: int) -> list[Decimal]:
    """A planned figure for each term in even steps; whole where start and goal are whole."""
    are_whole = start == start.to_integral_value() and goal == goal.to_integral_value()
    step = WHOLE if are_whole else TENTH
    rise = goal - start
    steps = (start + rise * term / terms for term in range(1, terms + 1))
    return [each.quantize(step, rounding=ROUND_HALF_UP) for each in steps]
