"""What the strategic board reads: numbers, and no school."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import alliance_for
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.programmes.figures import FEWEST_TOLD, as_of, figures_of
from support.programmes.permissions import can_see_figures

FOR_THE_BOARD = "These numbers are for the alliance’s board, its chair and its director."


@require_safe
def support_figures(request: PersonRequest, slug: str) -> HttpResponse:
    """How many schools have a programme, by stage and by area, as the term began."""
    today = timezone.localdate()
    alliance = alliance_for(request, slug)
    require(can_see_figures(request.user, alliance, today), FOR_THE_BOARD)
    by = as_of(today)
    figures = figures_of(alliance.pk, by)
    context = {"alliance": alliance, "figures": figures, "fewest": FEWEST_TOLD, "by": by}
    return render(request, "programmes/support_figures.html", context)
