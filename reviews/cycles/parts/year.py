"""The year on a cycle's page: each host's day and stage; and what schools give and receive."""

from __future__ import annotations

from datetime import datetime

from reviews.cycles.given import balances_of, furthest_from_balance
from reviews.cycles.parts.part import Part
from reviews.cycles.permissions import CycleRights
from reviews.cycles.stages import HostLine, host_lines, lines_that_wait, with_further_where_late

SHOWN = 15


def year(rights: CycleRights, now: datetime) -> Part | None:
    """Once the rota is published; of many hosts those first for which somebody has to act."""
    if not rights.sees_rota:
        return None
    plain = host_lines(rights.cycle, now)
    lines = with_further_where_late(plain, rights, now, among=_next(plain))
    waiting = lines_that_wait(lines)
    shown = lines
    if len(lines) > SHOWN:
        shown = waiting[:SHOWN] or _next(lines)
    nouns = {
        "cycle": rights.cycle,
        "lines": tuple(shown),
        "has_more": len(shown) < len(lines),
        "all_count": len(lines),
        "waiting_count": len(waiting),
        "late_count": sum(line.shown.is_late for line in lines),
        "held_count": sum(line.is_over for line in lines),
    }
    return Part("cycles/includes/_year.html", nouns)


def _next(lines: list[HostLine]) -> list[HostLine]:
    """All where they are few; of many the next that aren’t held, or the first once all are."""
    if len(lines) <= SHOWN:
        return lines
    return [line for line in lines if not line.is_over][:SHOWN] or lines[:SHOWN]


def reciprocity(rights: CycleRights, _now: datetime) -> Part | None:
    """Once the rota is published, to everybody who reads it; of many those furthest from balance."""
    if not rights.sees_rota:
        return None
    rows = balances_of(rights.cycle)
    shown = rows if len(rows) <= SHOWN else furthest_from_balance(rows, SHOWN)
    nouns = {"cycle": rights.cycle, "rows": tuple(shown), "all_count": len(rows)}
    return Part("cycles/includes/_reciprocity.html", nouns)
