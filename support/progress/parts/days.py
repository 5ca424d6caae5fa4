"""Days and visits on a programme's page: the last few, and what is left of the days agreed."""

from __future__ import annotations

from datetime import datetime

from support.programmes.parts.part import Part
from support.programmes.permissions import Rights
from support.progress.permissions import can_plan_visit, can_see_course, has_ended
from support.progress.rows.visits import LATEST, Totals, latest_visits, line_of


def days(rights: Rights, now: datetime) -> Part | None:
    """For whoever sees the course; a practitioner counts the days of her own strands."""
    if not can_see_course(rights):
        return None
    rows = latest_visits(rights)
    nouns = {
        "programme": rights.programme,
        "has_ended": has_ended(rights),
        "lines": tuple(line_of(row, now) for row in rows),
        "totals": Totals(rows[0].agreed, rows[0].given) if rows else None,
        "has_more": len(rows) == LATEST,
        "can_plan": can_plan_visit(rights),
    }
    return Part("progress/includes/_days.html", nouns)
