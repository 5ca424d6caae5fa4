"""How far reviews are, as the rooms above know it: shown where a team’s own matters are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from partnership.toolkit.registers import keyed_cards_for
from reviews.cycles.permissions import CycleRights
from reviews.cycles.stages.hosts import HostLine

PLACE = "review_stages"


def with_further(lines: Iterable[HostLine], rights: CycleRights, now: datetime) -> list[HostLine]:
    """Each line with the stage that it is told of its host, if she may know it."""
    told = {
        host: stage
        for card in keyed_cards_for(PLACE, rights, rights.cycle, now).values()
        for host, stage in card.context["stages"].items()
    }
    return [replace(line, further=told.get(line.host)) for line in lines]
