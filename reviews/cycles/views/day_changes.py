"""What becomes of a review day: moved, called off, standing again, held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.forms.days import CallOffForm, MoveForm
from reviews.cycles.models import ReviewDay
from reviews.cycles.permissions import can_say_held
from reviews.cycles.services.holding import call_off_day, restore_day, say_held, take_back_held
from reviews.cycles.services.moving import move_by_hand
from reviews.cycles.substitutes import way_of
from reviews.cycles.views.day_finding import (
    REFUSALS,
    day_for,
    day_form_page,
    day_question_page,
    day_to_change,
    places_of,
)
from reviews.cycles.views.days import lead_of

MEANWHILE = "Somebody changed this day meanwhile. Look at it as it stands."


def done(
    request: PersonRequest, day: ReviewDay, sentence: str, work: Callable[..., Any], /, **told: Any
) -> HttpResponse:
    """Run a service, say what is now true or why not, and go back to the day's page."""
    try:
        work(by=request.user, now=timezone.now(), **told)
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)][1])
    except ChangedSince:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, sentence)
    return redirect("cycles:day_detail", pk=day.pk)


def day_move(request: PersonRequest, pk: int) -> HttpResponse:
    """Another day: those that are free for all are offered, others are warned of."""
    _rights, day = day_to_change(request, pk)
    way = way_of(day, places_of(day))
    free = way.free_days(timezone.localdate())
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, cycle=day.cycle, free=free, day=day)
    warnings: list[str] = []
    if form.is_valid():
        warnings = way.clashes_on(form.to)
        if not warnings or form.cleaned_data["anyway"]:
            told = {"day": day, "to": form.to, "seen_version": form.cleaned_data["seen_version"]}
            return done(request, day, f"Moved to {spoken_day(form.to)}.", move_by_hand, **told)
        form.warn()
    wording = Wording(
        title="Move the review day",
        button="Move it",
        back=day.get_absolute_url(),
        lead=f"It is on {spoken_day(day.day)} now. The host is told, and the team is asked anew.",
    )
    above = "cycles/includes/_day_warnings.html"
    return day_form_page(request, day, form, wording, above=above, warnings=warnings)


def day_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then call it off."""
    _rights, day = day_to_change(request, pk)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        return done(request, day, "Called off.", call_off_day, day=day, because=because)
    wording = Wording(
        title="Call off the review day?",
        button="Call it off",
        back=day.get_absolute_url(),
        lead="The host and the team are told by mail, and the day leaves their diaries.",
    )
    return day_question_page(request, day, form, wording)


@require_POST
def day_restore(request: PersonRequest, pk: int) -> HttpResponse:
    """It takes place after all."""
    _rights, day = day_to_change(request, pk)
    return done(request, day, "It takes place after all.", restore_day, day=day)


@require_POST
def day_held(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it was held, once it is over."""
    rights, day = day_for(request, pk)
    lead = lead_of(places_of(day))
    may_say = can_say_held(rights, lead.person_id if lead is not None else None)
    require(may_say, "This is said by the lead, or whoever organises the cycle.")
    return done(request, day, "The review day was held.", say_held, day=day)


@require_POST
def day_not_held(request: PersonRequest, pk: int) -> HttpResponse:
    """It wasn't held after all."""
    _rights, day = day_to_change(request, pk)
    return done(request, day, "It isn’t said to be held any more.", take_back_held, day=day)
