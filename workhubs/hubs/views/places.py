"""Inviting schools, their answers, and taking places back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from workhubs.hubs.forms import InviteForm
from workhubs.hubs.models import WorkhubSchool, WorkhubYear
from workhubs.hubs.permissions import can_answer_for, can_edit_workhub, can_leave_for
from workhubs.hubs.services import (
    InvitationClosed,
    NotAMember,
    accept_place,
    decline_place,
    end_place,
    invite_schools,
    withdraw_invitation,
)

CLOSED = "This was settled meanwhile: what stands below is so."


def workhub_invite(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """Search among the alliance's member schools, tick several, ask them."""
    now = timezone.now()
    today = timezone.localdate(now)
    years = WorkhubYear.objects.visible_to(request.user, on=today).select_related(
        "workhub__alliance"
    )
    chosen = get_object_or_404(years, workhub__slug=slug, year=year.start)
    require(can_edit_workhub(request.user, chosen, today))
    form = InviteForm(
        request.POST if request.method == "POST" else None, workhub_year=chosen, on=today
    )
    if form.is_bound and "find" not in request.POST and form.is_complete():
        try:
            invited = invite_schools(
                workhub_year=chosen, schools=form.chosen, by=request.user, now=now
            )
        except NotAMember:
            messages.error(request, "A school left the alliance meanwhile. Nobody was asked.")
        else:
            messages.success(request, said_of_invited(invited))
        return redirect(chosen)
    context = {"form": form, "workhub_year": chosen, "schools": form.offered()}
    return render(request, "hubs/workhub_invite.html", context)


def said_of_invited(invited: list[WorkhubSchool]) -> str:
    """What is now true after inviting."""
    if not invited:
        return "These schools were asked already."
    if len(invited) == 1:
        return f"{invited[0].school} is invited. Its head is told by mail in the next minutes."
    return f"{len(invited)} schools are invited. Their heads are told by mail in the next minutes."


def _place_or_404(request: PersonRequest, pk: int) -> WorkhubSchool:
    places = WorkhubSchool.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(
        places.select_related("school", "workhub_year__workhub__alliance"), pk=pk
    )


@require_POST
def place_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """A head accepts or declines for her school, on the workhub's page or on the desk."""
    place = _place_or_404(request, pk)
    require(can_answer_for(request.user, place, timezone.localdate()))
    workhub = place.workhub_year.workhub
    try:
        if request.POST.get("answer") == "accept":
            accept_place(place=place, by=request.user, now=timezone.now())
            messages.success(request, f"{place.school} has joined {workhub}.")
        elif request.POST.get("answer") == "decline":
            decline_place(place=place, by=request.user, now=timezone.now())
            messages.success(request, f"{place.school} does not join {workhub}.")
    except InvitationClosed:
        messages.warning(request, CLOSED)
    if request.POST.get("then") == "desk":
        return redirect("home:desk")
    return redirect(place.workhub_year)


def place_leave(request: PersonRequest, pk: int) -> HttpResponse:
    """A head takes her school out, after a question."""
    place = _place_or_404(request, pk)
    require(can_leave_for(request.user, place, timezone.localdate()))
    return _end(request, place, is_own=True)


def place_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """The lead or the office takes a school out, after a question."""
    place = _place_or_404(request, pk)
    require(can_edit_workhub(request.user, place.workhub_year, timezone.localdate()))
    return _end(request, place, is_own=False)


def _end(request: PersonRequest, place: WorkhubSchool, *, is_own: bool) -> HttpResponse:
    if request.method != "POST":
        context = {"place": place, "workhub_year": place.workhub_year, "is_own": is_own}
        return render(request, "hubs/place_end.html", context)
    try:
        end_place(place=place, by=request.user, now=timezone.now())
        messages.success(
            request, f"{place.school} leaves {place.workhub_year.workhub}. Today is its last day."
        )
    except InvitationClosed:
        messages.warning(request, CLOSED)
    return redirect(place.workhub_year)


@require_POST
def place_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """The lead or the office takes an invitation back."""
    place = _place_or_404(request, pk)
    require(can_edit_workhub(request.user, place.workhub_year, timezone.localdate()))
    try:
        withdraw_invitation(place=place, by=request.user, now=timezone.now())
        messages.success(request, f"The invitation of {place.school} is withdrawn.")
    except InvitationClosed:
        messages.warning(request, CLOSED)
    return redirect(place.workhub_year)
