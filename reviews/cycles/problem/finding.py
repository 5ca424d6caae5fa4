"""What a draft keeps of how it was looked at, when it is drawn up and whenever it changes by hand."""

from __future__ import annotations

from collections.abc import Iterable

from reviews.cycles.problem.breaking import broken_by
from reviews.cycles.problem.keys import DayInJson, days_from_json
from reviews.cycles.problem.making import Drawing
from reviews.cycles.problem.saying import notes_of


def findings_of(drawing: Drawing, days: Iterable[DayInJson]) -> dict[str, list[str]]:
    """Which rules the days break, and how training was counted."""
    broken = broken_by(drawing, days_from_json(days))
    return {"broken": broken, "notes": list(notes_of(drawing))}
