"""The cycles in which somebody has a part."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.permissions import alliances_of, directed_alliances
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import Column, export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.registers import cards_for
from reviews.cycles.filters import CycleFilter
from reviews.cycles.models import Cycle, CycleQuerySet

TONES = {
    Cycle.State.PREPARING: "plain",
    Cycle.State.ASKING: "soon",
    Cycle.State.PUBLISHED: "note",
    Cycle.State.FINISHED: "done",
    Cycle.State.CANCELLED: "plain",
}
COLUMNS = (
    Column("Cycle", lambda cycle: cycle.name, 34),
    Column("Year", lambda cycle: cycle.years, 14),
    Column("Alliance", lambda cycle: cycle.alliance.name, 34),
    Column("Stage", lambda cycle: cycle.get_state_display(), 20),
    Column("Schools", lambda cycle: cycle.host_count),
    Column("First day of the window", lambda cycle: cycle.starts_on),
    Column("Last day of the window", lambda cycle: cycle.ends_on),
)


def _filterset(request: PersonRequest, today: date) -> CycleFilter:
    seen: CycleQuerySet = Cycle.objects.visible_to(request.user, on=today)
    seen = seen.select_related("alliance").annotate(
        host_count=Count("hosts", filter=Q(hosts__left_at=None))
    )
    ordered = seen.order_by("-year", "name", "pk")
    return CycleFilter(request.GET, ordered, person=request.user, on=today)


@require_safe
def cycle_list(request: PersonRequest) -> HttpResponse:
    """The newest year first."""
    require(request.user.is_active)
    today = timezone.localdate()
    filterset = _filterset(request, today)
    page = page_of(filterset.qs, request)
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page,
        "rows": [(cycle, TONES[Cycle.State(cycle.state)]) for cycle in page],
        "directed": list(directed_alliances(request.user, today)),
        "alliances": list(alliances_of(request.user, today)),
        "cards": cards_for("review_list", request.user, None, timezone.now()),
    }
    return render(request, "cycles/cycle_list.html", context)


@require_safe
def cycle_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, as a file; its taking is audited."""
    require(request.user.is_active)
    today = timezone.localdate()
    filterset = _filterset(request, today)
    record_export(of="Cycles of review days", kind=kind, by=request.user, at=timezone.now())
    rows = filterset.qs.iterator(chunk_size=1_000)
    return export(kind, name="review-cycles", columns=COLUMNS, rows=rows, on=today)
