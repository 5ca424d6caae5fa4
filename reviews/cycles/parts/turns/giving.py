"""While dates are asked for, whoever hasn’t given hers does so first."""

from __future__ import annotations

from datetime import datetime

from reviews.cycles.models import Cycle
from reviews.cycles.parts.dates import own_dates
from reviews.cycles.parts.turns.turn import Turn
from reviews.cycles.permissions import CycleRights


def give_dates(rights: CycleRights, now: datetime) -> Turn | None:
    """Her own first, then those of her school."""
    cycle = rights.cycle
    if cycle.state != Cycle.State.ASKING or not (rights.is_reviewer or rights.is_of_host):
        return None
    is_late = cycle.is_late_with_dates(now)
    waiting = [each for each in own_dates(rights, now) if each.given_at is None]
    for giver in sorted(waiting, key=lambda each: each.is_school):
        if giver.is_school:
            said = "Say on which days your school can’t be reviewed, with one tap each."
            return Turn(said, "Give the school’s dates", giver.url, is_late)
        said = "Say on which days you can’t go, with one tap each."
        return Turn(said, "Give my dates", giver.url, is_late)
    return None
