"""Who leads the workshop: asked by the host, given up by herself or taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from reviews.days.forms.after import ChampionForm
from reviews.days.parts.after import workshop_if_begun
from reviews.days.permissions import ReviewRights
from reviews.days.services.championing import ask_champion, champions_for, let_champion_go
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

WHAT = (
    "They are told by mail, and read the released report and this page from then on, until "
    "somebody else is asked."
)
NOBODY = (
    "Each of the cycle’s reviewers was on the team or belongs to your school. Ask whoever organises "
    "the cycle to add a reviewer who could lead the workshop."
)


def champion_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a reviewer who wasn't on the team."""
    rights = review_to_follow_up(request, pk)
    review = rights.review
    candidates = list(champions_for(review, on=timezone.localdate()))
    if not candidates:
        messages.warning(request, NOBODY)
        return redirect(back_to(rights, "workshop"))
    form = ChampionForm(request.POST if request.method == "POST" else None, candidates=candidates)
    told = {"review": review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=ask_champion, **told, champion=form.chosen
    ):
        messages.success(request, f"{form.chosen} is asked to lead the workshop.")
        return redirect(back_to(rights, "workshop"))
    wording = Wording("Ask a champion", "Ask", back_to(rights, "workshop"), WHAT)
    return form_page(request, rights, form, wording)


def champion_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then she leads it no longer."""
    rights = after_for(request, pk)
    require(rights.may_say_held, FOR_CHAMPION)
    if request.method == "POST":
        return _gone(request, rights)
    if rights.is_champion:
        title, button = "Can’t you lead the workshop?", "I can’t lead it"
        lead = "The host is told by mail, and you no longer see the report."
    else:
        workshop = workshop_if_begun(rights.review)
        champion = workshop.champion if workshop is not None else None
        title, button = "Take the workshop back?", "Take it back"
        lead = f"{champion or 'Whoever is asked'} is told by mail and no longer sees the report."
    wording = Wording(title, button, back_to(rights, "workshop"), lead)
    return question_page(request, rights, wording)


def _gone(request: PersonRequest, rights: ReviewRights) -> HttpResponse:
    """Whoever gave it up sees the page no longer, and is led to the day's."""
    by_host = "Nobody leads the workshop now. Ask somebody else."
    sentence = (
        by_host if rights.is_host_side else "You no longer lead the workshop. The host knows."
    )
    answered = done(request, rights, sentence, "workshop", let_champion_go, review=rights.review)
    return answered if rights.is_host_side else redirect("cycles:day_detail", rights.review.day_id)
