"""The drafts of a rota, for who organises."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, RotaDraft
from reviews.cycles.parts.part import Part
from reviews.cycles.permissions import CycleRights

MOST_SHOWN = 8
TONES = {
    RotaDraft.State.WAITING: "soon",
    RotaDraft.State.SEARCHING: "soon",
    RotaDraft.State.FOUND: "note",
    RotaDraft.State.FAILED: "late",
    RotaDraft.State.PUBLISHED: "done",
}


def drafts(rights: CycleRights, _now: datetime) -> Part | None:
    """The newest first, with the way to another; nothing where there are none and none can be."""
    if not rights.sees_drafts:
        return None
    rows = list(answer(_kept, cycle=rights.cycle.pk))
    if not rows and not rights.may_draw_up:
        return None
    nouns = {
        "cycle": rights.cycle,
        "lines": [_line(row) for row in rows],
        "may_draw_up": rights.may_draw_up,
        "is_early": rights.cycle.state == Cycle.State.PREPARING,
    }
    return Part("cycles/includes/_drafts.html", nouns)


def _line(draft: RotaDraft) -> dict[str, Any]:
    without = len(draft.unfilled)
    left = f"{without} school{'' if without == 1 else 's'} without a day"
    return {
        "draft": draft,
        "tone": TONES[RotaDraft.State(draft.state)],
        "state": draft.get_state_display(),
        "words": left if without else draft.get_status_display() if draft.status else "",
    }


def _kept(*, cycle: Any) -> QuerySet[RotaDraft]:
    return RotaDraft.objects.filter(cycle=cycle).kept().order_by("-number")[:MOST_SHOWN]
