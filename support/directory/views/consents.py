"""The head of the home school: asked, she agrees for so many days, says no, or takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_date
from support.directory.forms import BecauseForm, ConsentForm
from support.directory.models import HomeConsent, Practitioner
from support.directory.permissions import can_consent, can_edit_practitioner
from support.directory.services import (
    NoHomeSchool,
    WithdrawnAlready,
    ask_for_consent,
    give_consent,
    refuse_consent,
    withdraw_consent,
)
from support.directory.views.entries import OWN_OR_DIRECTOR, crumbs_of
from support.directory.views.finding import BACKWARDS_AT_END, form_page, question_page
from support.directory.views.practitioners import practitioner_for

FOR_HOME_HEADS = "The head of the home school says whether a colleague may go."
REFUSALS: Refusals = {
    **BACKWARDS_AT_END,
    NoHomeSchool: ("days_a_year", "There is no home school any more."),
}


@require_POST
def consent_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the head of the home school, again if need be."""
    now = timezone.now()
    practitioner = practitioner_for(request, pk)
    allowed = can_edit_practitioner(request.user, practitioner, timezone.localdate(now))
    require(allowed and practitioner.home_school_id is not None, OWN_OR_DIRECTOR)
    ask_for_consent(practitioner=practitioner, by=request.user, now=now)
    messages.success(request, f"The head of {practitioner.home_school} is asked.")
    return redirect(practitioner)


def _entry_to_consent_to(request: PersonRequest, pk: int) -> Practitioner:
    practitioner = practitioner_for(request, pk)
    today = timezone.localdate()
    require(can_consent(request.user, practitioner, today), FOR_HOME_HEADS)
    return practitioner


def consent_give(request: PersonRequest, pk: int) -> HttpResponse:
    """How many days a year, from when until when, on which conditions."""
    now = timezone.now()
    practitioner = _entry_to_consent_to(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ConsentForm(data, practitioner=practitioner, on=timezone.localdate(now))
    told = {"service": give_consent, "practitioner": practitioner, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.cleaned_data):
        day = spoken_date(form.cleaned_data["ends_on"])
        messages.success(request, f"You have agreed until {day}. {practitioner} is told.")
        return redirect(practitioner)
    offered = f"{practitioner.days_a_year.normalize():f}"
    lead = (
        f"{practitioner.alliance} asks. {offered} days a year are offered; you may agree to fewer."
    )
    wording = Wording(
        f"May {practitioner} support other schools?",
        "Agree to these days",
        practitioner.get_absolute_url(),
        lead,
        acts=((reverse("directory:consent_refuse", args=[pk]), "No, not now"),),
    )
    return form_page(request, form, wording, crumbs_of(practitioner))


def consent_refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Not now, and why."""
    practitioner = _entry_to_consent_to(request, pk)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told = {"service": refuse_consent, "practitioner": practitioner}
    told |= {"by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, {}, **told, **form.cleaned_data):
        messages.success(request, f"You have said no for now. {practitioner} is told.")
        return redirect(practitioner)
    back = reverse("directory:consent_give", args=[pk])
    lead = "No days are offered then. You can agree at any time later."
    wording = Wording(f"Say no to {practitioner}’s support for now?", "Say no", back, lead)
    return question_page(request, form, wording, crumbs_of(practitioner))


def consent_withdraw(request: PersonRequest, pk: int, consent: int) -> HttpResponse:
    """Take consent back; what is promised already stays promised."""
    practitioner = _entry_to_consent_to(request, pk)
    given = get_object_or_404(
        HomeConsent.objects.select_related("practitioner__person"),
        practitioner=practitioner,
        school=practitioner.home_school_id,
        pk=consent,
    )
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told = {"service": withdraw_consent, "consent": given}
    told |= {"by": request.user, "now": timezone.now()}
    refusals: Refusals = {WithdrawnAlready: ("because", "This consent was taken back already.")}
    if form.is_valid() and saved(form, refusals, **told, **form.cleaned_data):
        messages.success(request, f"You have taken back your consent. {practitioner} is told.")
        return redirect(practitioner)
    lead = "No further days can be promised. What is promised stays so until it is given back."
    back = practitioner.get_absolute_url()
    wording = Wording("Take back your consent?", "Take it back", back, lead)
    return question_page(request, form, wording, crumbs_of(practitioner))
