"""The board's page: what support brings the alliance, and no school."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import alliance_for
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.programmes.figures import FEWEST_TOLD, as_of
from support.programmes.permissions import can_see_figures
from support.progress.overview.board import COURSE_WORDS, board_page, words_for_board

FOR_THE_BOARD = "These numbers are for the alliance’s board, its chair and its director."


@require_safe
def board(request: PersonRequest, slug: str) -> HttpResponse:
    """Counts of schools, outcomes, days, and what schools let the board read."""
    today = timezone.localdate()
    alliance = alliance_for(request, slug)
    require(can_see_figures(request.user, alliance, today), FOR_THE_BOARD)
    by = as_of(today)
    context = {
        "alliance": alliance,
        "by": by,
        "page": board_page(alliance.pk, by),
        "courses": list(COURSE_WORDS.values()),
        "words": words_for_board(alliance.pk, by),
        "fewest": FEWEST_TOLD,
    }
    return render(request, "progress/board.html", context)
