"""How far reviews are, as the rooms above know it: shown where a team’s own matters are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from partnership.toolkit.registers import keyed_cards_for
from reviews.cycles.models import Cycle
from reviews.cycles.permissions import CycleRights
from reviews.cycles.stages.hosts import HostLine

PLACE = "review_stages"


@dataclass(frozen=True)
class StagesAsked:
    """Of which hosts of a cycle the stage is asked: all, or those of a span of days and the late."""

    cycle: Cycle
    span: tuple[date, date] | None = None


def with_further(lines: Iterable[HostLine], rights: CycleRights, now: datetime) -> list[HostLine]:
    """Each line with the stage that it is told of its host, if she may know it."""
    return _told(lines, rights, StagesAsked(rights.cycle), now)


def with_further_where_late(
    lines: Iterable[HostLine], rights: CycleRights, now: datetime, *, among: Iterable[HostLine]
) -> list[HostLine]:
    """The same for those that are late, and for those among these: others cost nothing."""
    days = [line.day for line in among if line.day is not None]
    span = (min(days), max(days)) if days else (date.min, date.min)
    return _told(lines, rights, StagesAsked(rights.cycle, span), now)


def _told(
    lines: Iterable[HostLine], rights: CycleRights, asked: StagesAsked, now: datetime
) -> list[HostLine]:
    told = {
        host: stage
        for card in keyed_cards_for(PLACE, rights, asked, now).values()
        for host, stage in card.context["stages"].items()
    }
    return [replace(line, further=told[line.host]) if line.host in told else line for line in lines]
