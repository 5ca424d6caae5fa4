"""Keeping an entry: added, changed, confirmed, ended, by the director or the practitioner herself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.directory.forms import LastDayForm, PractitionerAddForm, PractitionerForm
from support.directory.models import Practitioner
from support.directory.permissions import standing_to
from support.directory.services import (
    ListedAlready,
    add_practitioner,
    change_practitioner,
    confirm_entry,
    end_practitioner,
)
from support.directory.views.finding import (
    BACKWARDS_AT_END,
    BACKWARDS_AT_LAST_DAY,
    Crumbs,
    ended,
    form_page,
    question_page,
)
from support.directory.views.lists import alliance_to_keep
from support.directory.views.practitioners import practitioner_for

OWN_OR_DIRECTOR = "The practitioner and the alliance’s director change an entry."
REFUSALS: Refusals = {
    ListedAlready: ("person", "This person is in the directory already."),
    **BACKWARDS_AT_END,
}


def crumbs_of(practitioner: Practitioner) -> Crumbs:
    """An entry among the crumbs of a page below it."""
    return ((practitioner.get_absolute_url(), practitioner.person.name),)


def practitioner_add(request: PersonRequest, slug: str) -> HttpResponse:
    """A director lists somebody; the head of the home school is asked."""
    now = timezone.now()
    alliance = alliance_to_keep(request, slug)
    data = request.POST if request.method == "POST" else None
    form = PractitionerAddForm(data, alliance=alliance, on=timezone.localdate(now))
    told = {"service": add_practitioner, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid():
        person = form.cleaned_data["person"]
        if saved(form, REFUSALS, **told, person=person, **form.changes):
            messages.success(request, _said_of_added(form))
            return redirect("directory:practitioner_list")
    back = reverse("directory:practitioner_list")
    lead = f"To the directory of {alliance}."
    wording = Wording("Add a practitioner", "Add to the directory", back, lead)
    return form_page(request, form, wording, ())


def _said_of_added(form: PractitionerAddForm) -> str:
    name, school = form.cleaned_data["person"].name, form.cleaned_data["home_school"]
    if school is None:
        return f"{name} is in the directory."
    return f"{name} is in the directory. The head of {school} is asked to agree."


def practitioner_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The director changes all of an entry, the practitioner what she says of herself."""
    now = timezone.now()
    today = timezone.localdate(now)
    practitioner = practitioner_for(request, pk)
    standing = standing_to(request.user, practitioner, today)
    require(standing.may_edit, OWN_OR_DIRECTOR)
    facts: dict[str, Any] = {"alliance": practitioner.alliance, "practitioner": practitioner}
    data = request.POST if request.method == "POST" else None
    form = PractitionerForm(data, **facts, on=today, is_own=not standing.is_director)
    told = {"service": change_practitioner, "by": request.user, "now": now}
    told |= {"practitioner": practitioner}
    if form.is_valid() and saved(
        form, REFUSALS, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, "Entry saved.")
        return redirect(practitioner)
    title = "Change your entry" if standing.is_self else f"Change the entry of {practitioner}"
    wording = Wording(title, "Save the entry", practitioner.get_absolute_url())
    return form_page(request, form, wording, crumbs_of(practitioner))


@require_POST
def entry_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """She has looked at her entry, and it is right."""
    practitioner = practitioner_for(request, pk)
    require(practitioner.person_id == request.user.pk, "Whose entry it is confirms it.")
    confirm_entry(practitioner=practitioner, by=request.user, now=timezone.now())
    messages.success(request, "Thank you: your entry is confirmed.")
    return redirect(practitioner)


def practitioner_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, for the last day."""
    now = timezone.now()
    practitioner = practitioner_for(request, pk)
    standing = standing_to(request.user, practitioner, timezone.localdate(now))
    require(standing.may_edit, OWN_OR_DIRECTOR)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    told = {"service": end_practitioner, "practitioner": practitioner}
    told |= {"by": request.user, "now": now}
    if form.is_valid() and saved(form, BACKWARDS_AT_LAST_DAY, **told, **form.cleaned_data):
        messages.success(request, ended("entry", form))
        return redirect(practitioner)
    back = practitioner.get_absolute_url()
    lead = "Days that are promised stay promised until they are given back."
    wording = Wording(f"End the entry of {practitioner}?", "End the entry", back, lead)
    return question_page(request, form, wording, crumbs_of(practitioner))
