"""Once dates are there, its organisers draw up a rota, look at the draft and publish it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer, RotaDraft
from reviews.cycles.parts.turns.turn import Turn
from reviews.cycles.permissions import CycleRights

ALL_GIVEN = "Everybody has given their dates. Draw up a rota; nobody else sees it yet."
TIME_IS_UP = (
    "The day by which dates were asked for is over. Draw up a rota with what was given, or give "
    "more time."
)
LOOK = "A draft is drawn up. Look at it, move days where you know better, and publish it."


def draw_up(rights: CycleRights, now: datetime) -> Turn | None:
    """Nothing while dates still come in, or while a draft is being drawn up."""
    cycle = rights.cycle
    if not rights.may_organise or cycle.state != Cycle.State.ASKING:
        return None
    ((is_running, newest, host_is_missing, reviewer_is_missing),) = answer(_how_far, cycle=cycle.pk)
    if is_running:
        return None
    if newest is not None:
        url = address("cycles:draft_detail", cycle.pk, newest)
        return Turn(LOOK, f"Look at draft {newest}", url)
    draw = address("cycles:draft_new", cycle.pk)
    if not (host_is_missing or reviewer_is_missing):
        return Turn(ALL_GIVEN, "Draw up a rota", draw)
    if cycle.is_late_with_dates(now):
        return Turn(TIME_IS_UP, "Draw up a rota", draw)
    return None


def _how_far(*, cycle: int) -> QuerySet[Cycle, Any]:
    drafts = RotaDraft.objects.filter(cycle=OuterRef("pk"))
    found = drafts.filter(state=RotaDraft.State.FOUND).order_by("-number")
    missing = {"cycle": OuterRef("pk"), "left_at": None, "dates_given_at": None}
    return Cycle.objects.filter(pk=cycle).values_list(
        Exists(drafts.running()),
        Subquery(found.values("number")[:1]),
        Exists(CycleHost.objects.filter(**missing)),
        Exists(CycleReviewer.objects.filter(**missing)),
    )
