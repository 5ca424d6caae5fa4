"""A cycle's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from reviews.cycles.parts import MAIN, SIDE, TOP, shown
from reviews.cycles.views.finding import rights_or_404


@require_safe
def cycle_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Where a year's reviews stand, as far as she may know."""
    rights = rights_or_404(request, pk)
    require(bool(rights.ways))
    now = timezone.now()
    context = {
        "cycle": rights.cycle,
        "rights": rights,
        "top_parts": shown(TOP, rights, now),
        "main_parts": shown(MAIN, rights, now),
        "side_parts": shown(SIDE, rights, now),
    }
    return render(request, "cycles/cycle_detail.html", context)
