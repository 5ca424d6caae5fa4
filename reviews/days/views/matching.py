"""Schools with the same priorities, for heads who both show theirs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnership.people.requests import PersonRequest
from reviews.days.parts.matches import is_shown, matches_of
from reviews.days.services.matching import hide_priorities, show_priorities
from reviews.days.views.own_school import own_evaluation

SHOWN = (
    "Heads who show their priorities now see your school under each area that they share with you."
)
HIDDEN = "No head sees your school’s priorities now, and you see nobody else’s."


@require_safe
def same_priorities(request: PersonRequest, urn: int, year: int) -> HttpResponse:
    """Under each of the school's own areas the schools that work on it too, once its own are shown."""
    evaluation = own_evaluation(request, urn, year)
    today = timezone.localdate()
    shown = is_shown(evaluation, today)
    context = {
        "school": evaluation.school,
        "evaluation": evaluation,
        "is_shown": shown,
        "has_lapsed": evaluation.matching_since is not None and not shown,
        "areas": matches_of(evaluation, today) if shown else [],
    }
    return render(request, "days/same_priorities.html", context)


@require_POST
def priorities_show(request: PersonRequest, urn: int, year: int) -> HttpResponse:
    """She shows them, so she sees those of others who do."""
    evaluation = own_evaluation(request, urn, year)
    show_priorities(evaluation=evaluation, by=request.user, now=timezone.now())
    messages.success(request, SHOWN)
    return redirect("days:same_priorities", urn, year)


@require_POST
def priorities_hide(request: PersonRequest, urn: int, year: int) -> HttpResponse:
    """She takes that back at once; nobody is told."""
    evaluation = own_evaluation(request, urn, year)
    hide_priorities(evaluation=evaluation, by=request.user, now=timezone.now())
    messages.success(request, HIDDEN)
    return redirect("days:same_priorities", urn, year)
