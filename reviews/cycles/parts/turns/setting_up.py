"""While a cycle is prepared its organisers add schools and reviewers, then ask for dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer
from reviews.cycles.parts.turns.turn import Turn
from reviews.cycles.permissions import CycleRights

HOSTS = "No school is reviewed yet. Add those that are, all at once."
REVIEWERS = "Nobody may be sent yet. Add the heads of these schools, or others of your reviewers."
ASK = (
    "Schools and reviewers are there. Ask everybody on which days it does not work; "
    "until you do, only the organisers see this page."
)


def prepare(rights: CycleRights, _now: datetime) -> Turn | None:
    """First the schools, then who goes, then all are asked when it doesn't work."""
    cycle = rights.cycle
    if not rights.may_organise or cycle.state != Cycle.State.PREPARING:
        return None
    ((has_hosts, has_reviewers),) = answer(_who_is_there, cycle=cycle.pk)
    if not has_hosts:
        return Turn(HOSTS, "Add schools", address("cycles:host_add", cycle.pk))
    if not has_reviewers:
        return Turn(REVIEWERS, "Add reviewers", address("cycles:cycle_reviewer_add", cycle.pk))
    return Turn(ASK, "Ask for dates", address("cycles:cycle_ask", cycle.pk))


def _who_is_there(*, cycle: int) -> QuerySet[Cycle, Any]:
    hosts = CycleHost.objects.filter(cycle=OuterRef("pk"), left_at=None)
    reviewers = CycleReviewer.objects.filter(cycle=OuterRef("pk"), left_at=None)
    return Cycle.objects.filter(pk=cycle).values_list(Exists(hosts), Exists(reviewers))
