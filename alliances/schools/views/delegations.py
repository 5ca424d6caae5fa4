"""A head lets somebody of her school act for it, and takes that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.schools.forms.delegations import DelegationForm
from alliances.schools.models import Delegation
from alliances.schools.permissions import can_delegate, can_end_delegation
from alliances.schools.services import DelegationOver, NotOfTheSchool, delegate, end_delegation
from alliances.schools.views.people import school_or_404
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day


def delegation_new(request: PersonRequest, urn: int) -> HttpResponse:
    """Choose somebody, the matters and the last day."""
    school, now = school_or_404(request, urn), timezone.now()
    today = timezone.localdate(now)
    require(can_delegate(request.user, school, today))
    form = DelegationForm(
        request.POST if request.method == "POST" else None, school=school, on=today
    )
    if form.is_valid():
        deputy, ends_on = form.cleaned_data["deputy"], form.cleaned_data["ends_on"]
        try:
            delegate(
                school=school,
                deputy=deputy,
                kinds=form.chosen,
                ends_on=ends_on,
                by=request.user,
                now=now,
            )
        except NotOfTheSchool:
            form.add_error("deputy", "This person has left the school meanwhile.")
        else:
            until = spoken_day(ends_on)
            messages.success(request, f"{deputy} may act for {school} until {until}.")
            return redirect("schools:school_people", urn)
    return render(request, "schools/delegation_form.html", {"school": school, "form": form})


def delegation_end(request: PersonRequest, urn: int, pk: int) -> HttpResponse:
    """End it at once, after a question."""
    school, now = school_or_404(request, urn), timezone.now()
    delegations = Delegation.objects.filter(school=school).select_related("deputy", "school")
    delegation = get_object_or_404(delegations, pk=pk)
    require(can_end_delegation(request.user, delegation, timezone.localdate(now)))
    if request.method != "POST":
        context = {"school": school, "delegation": delegation}
        return render(request, "schools/delegation_end.html", context)
    try:
        end_delegation(delegation=delegation, by=request.user, now=now)
    except DelegationOver:
        messages.info(request, "This had ended already.")
    else:
        ended = f"{delegation.deputy} no longer acts for {school}: {delegation.called}."
        messages.success(request, ended)
    return redirect(school)
