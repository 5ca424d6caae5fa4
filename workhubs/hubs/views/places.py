"""Inviting schools, their answers, and taking places back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, saved
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day
from workhubs.hubs.forms import InviteForm, LastDayForm
from workhubs.hubs.models import WorkhubSchool
from workhubs.hubs.permissions import (
    can_answer_for,
    can_change_now,
    can_edit_workhub,
    can_leave_for,
)
from workhubs.hubs.services import (
    InvitationClosed,
    NotAMember,
    NotItsLastDay,
    YearOver,
    accept_place,
    decline_place,
    end_place,
    invite_schools,
    keep_place,
    withdraw_invitation,
)
from workhubs.hubs.views.finding import year_or_404

CLOSED = "This was settled meanwhile: what stands below is so."
YEAR_IS_OVER = "This year of the workhub is over."
END_REFUSALS: Refusals = {
    NotItsLastDay: ("last_day", "Choose a day from today until the workhub’s year ends.")
}


def workhub_invite(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """Search among the alliance's member schools, tick several, ask them."""
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = year_or_404(request.user, slug, year, on=today)
    require(can_change_now(request.user, chosen, today), YEAR_IS_OVER)
    form = InviteForm(
        request.POST if request.method == "POST" else None, workhub_year=chosen, on=today
    )
    if form.is_bound and "find" not in request.POST and form.is_complete():
        try:
            invited = invite_schools(
                workhub_year=chosen, schools=form.chosen, by=request.user, now=now
            )
        except YearOver:
            messages.warning(request, YEAR_IS_OVER)
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
    """Lead, deputy or office take a school out, after a question."""
    place = _place_or_404(request, pk)
    require(can_edit_workhub(request.user, place.workhub_year, timezone.localdate()))
    return _end(request, place, is_own=False)


def _end(request: PersonRequest, place: WorkhubSchool, *, is_own: bool) -> HttpResponse:
    now = timezone.now()
    workhub_year = place.workhub_year
    typed = request.POST if request.method == "POST" else None
    form = LastDayForm(typed, initial={"last_day": timezone.localdate(now)})
    told = {"service": end_place, "place": place, "by": request.user, "now": now}
    if form.is_valid():
        try:
            is_saved = saved(form, END_REFUSALS, **told, **form.cleaned_data)
        except InvitationClosed:
            messages.warning(request, CLOSED)
            return redirect(workhub_year)
        if is_saved:
            day = spoken_day(form.cleaned_data["last_day"])
            messages.success(
                request, f"{place.school}’s last day in {workhub_year.workhub} is {day}."
            )
            return redirect(workhub_year)
    context = {"place": place, "workhub_year": workhub_year, "is_own": is_own, "form": form}
    return render(request, "hubs/place_end.html", context)


@require_POST
def place_stay(request: PersonRequest, pk: int) -> HttpResponse:
    """A school that was to leave stays: its head says so, or whoever runs the workhub."""
    place = _place_or_404(request, pk)
    today = timezone.localdate()
    may_edit = can_edit_workhub(request.user, place.workhub_year, today)
    require(may_edit or can_leave_for(request.user, place, today))
    try:
        keep_place(place=place, by=request.user, now=timezone.now())
        messages.success(request, f"{place.school} stays in {place.workhub_year.workhub}.")
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
