"""The improvement workshop: arranged, said to be held, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import london_day
from reviews.days.forms.after import OutcomeForm, WorkshopForm
from reviews.days.parts.after import workshop_if_begun
from reviews.days.services.workshops import (
    arrange_workshop,
    say_workshop_held,
    say_workshop_not_held,
)
from reviews.days.views.after import (
    FOR_CHAMPION,
    REFUSALS,
    after_for,
    back_to,
    done,
    form_page,
    question_page,
    review_to_follow_up,
)

PLACE = "workshop"


def workshop_arrange(request: PersonRequest, pk: int) -> HttpResponse:
    """Set when and where it is."""
    rights = review_to_follow_up(request, pk)
    review, now = rights.review, timezone.now()
    workshop = workshop_if_begun(review)
    form = WorkshopForm(
        request.POST if request.method == "POST" else None,
        workshop=workshop,
        released_on=london_day(review.released_at or now),
        today=timezone.localdate(now),
    )
    told = {"service": arrange_workshop, "review": review, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.facts, seen_version=form.seen):
        messages.success(request, "The workshop is arranged, and whoever leads it is told.")
        return redirect(back_to(rights, PLACE))
    lead = "The champion and the host’s headteacher are told by mail."
    title = "Move the workshop" if workshop and workshop.starts_at else "Arrange the workshop"
    wording = Wording(title, "Save", back_to(rights, PLACE), lead)
    return form_page(request, rights, form, wording)


def workshop_held(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what came of it, and with that that it was held."""
    rights = after_for(request, pk)
    require(rights.may_say_held, FOR_CHAMPION)
    workshop = workshop_if_begun(rights.review)
    initial = {
        "agreed": workshop.agreed if workshop is not None else "",
        "seen_version": workshop.version if workshop is not None else 1,
    }
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    told = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=say_workshop_held,
        **told,
        agreed=form.changes["agreed"],
        seen_version=form.seen,
    ):
        messages.success(request, "The workshop was held, and what came of it is saved.")
        return redirect(back_to(rights, PLACE))
    wording = Wording("What came of the workshop", "Save", back_to(rights, PLACE))
    return form_page(request, rights, form, wording)


def workshop_not_held(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then it isn't said to be held any more."""
    rights = review_to_follow_up(request, pk)
    if request.method == "POST":
        work, told = say_workshop_not_held, {"review": rights.review}
        return done(request, rights, "It isn’t said to be held any more.", PLACE, work, **told)
    lead = "What was written of it stays, and it can be arranged anew."
    wording = Wording("Wasn’t it held?", "It wasn’t held", back_to(rights, PLACE), lead)
    return question_page(request, rights, wording)
