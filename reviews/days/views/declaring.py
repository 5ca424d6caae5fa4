"""What each reviewer says for herself before the day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.days.forms.declaring import DeclareForm
from reviews.days.models import TeamStep
from reviews.days.permissions import ReviewRights
from reviews.days.services.declaring import NotInTheTeam, declare, say_read, take_reading_back
from reviews.days.services.opening import ReviewClosed
from reviews.days.views.finding import FOR_TEAM, review_for, review_form_page
from reviews.days.views.preparing import CLOSED, TAB

REFUSALS: Refusals = {
    ReviewClosed: ("", CLOSED),
    NotInTheTeam: ("", "You are no longer in the team."),
}


def _stepping(request: PersonRequest, pk: int) -> ReviewRights:
    rights = review_for(request, pk)
    require(rights.may_step, FOR_TEAM)
    return rights


def declaration(request: PersonRequest, pk: int) -> HttpResponse:
    """A reviewer declares, for herself alone."""
    rights = _stepping(request, pk)
    step = TeamStep.objects.filter(review=rights.review, person=request.user).first()
    form = DeclareForm(request.POST if request.method == "POST" else None, step=step)
    back = f"{address(TAB, pk)}#team"
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=declare,
        review=rights.review,
        connection=form.connection_said,
        by=request.user,
        now=timezone.now(),
    ):
        messages.success(request, "Your declaration is given. You can change it until the release.")
        return redirect(back)
    lead = "You go as a critical friend. Say what could stand in the way."
    wording = Wording("Your declaration", "Declare", back, lead)
    return review_form_page(request, rights, form, wording, TAB)


@require_POST
def reading(request: PersonRequest, pk: int) -> HttpResponse:
    """A reviewer says that she has read what is there, or that she hasn't."""
    rights = _stepping(request, pk)
    has_read = request.POST.get("read") == "yes"
    service = say_read if has_read else take_reading_back
    try:
        service(review=rights.review, by=request.user, now=timezone.now())
        words = "You have read all that is there." if has_read else "You have not read it yet."
        messages.success(request, words)
    except (ReviewClosed, NotInTheTeam) as refused:
        messages.warning(request, REFUSALS[type(refused)][1])
    return redirect(f"{address(TAB, pk)}#team")
