"""A programme's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.programmes.parts import SIDE, main_parts, next_step, shown
from support.programmes.permissions import can_see_history, can_see_programme
from support.programmes.views.finding import rights_or_404


@require_safe
def programme_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the support for a school has come, as far as she may know."""
    rights = rights_or_404(request, pk)
    require(can_see_programme(request.user, rights.programme))
    now = timezone.now()
    context = {
        "programme": rights.programme,
        "next_step": next_step(rights, now),
        "can_see_history": can_see_history(rights),
        "main_parts": main_parts(rights, now),
        "side_parts": shown(SIDE, rights, now),
    }
    return render(request, "programmes/programme_detail.html", context)
