"""Schools ask to join a workhub, and whoever runs it answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from alliances.schools.models import School
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from workhubs.hubs.forms import AnswerForm, RequestForm
from workhubs.hubs.models import JoinRequest
from workhubs.hubs.permissions import (
    can_answer_request,
    can_request_for,
    can_withdraw_request,
)
from workhubs.hubs.services import (
    AskedAlready,
    NotAMember,
    RequestSettled,
    TakesNoRequests,
    YearOver,
    answer_request,
    request_to_join,
    withdraw_request,
)
from workhubs.hubs.views.around import around
from workhubs.hubs.views.finding import form_page, year_or_404
from workhubs.hubs.views.places import CLOSED, YEAR_IS_OVER
from workhubs.hubs.views.portrait import schools_to_ask_for

REFUSALS: Refusals = {
    AskedAlready: ("why", "This school takes part, is invited or has asked already."),
    TakesNoRequests: ("why", "Schools join this workhub by invitation only."),
    NotAMember: ("why", "This school is no longer a member of the alliance."),
    YearOver: ("why", YEAR_IS_OVER),
}
FOR_HEADS = "Heads of the alliance’s schools ask for them, where they aren’t in the workhub yet."
NO_LONGER_POSSIBLE = "The school can’t join any more: it left the alliance, or the year is over."


def request_new(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """A head asks whether her school may join, with a sentence why."""
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = year_or_404(request.user, slug, year, on=today)
    mine = schools_to_ask_for(chosen, around(chosen, request.user, on=today), on=today)
    require(bool(mine) and not chosen.is_over(today), FOR_HEADS)
    typed = request.POST if request.method == "POST" else None
    form = RequestForm(typed, schools=[(line.school_id or 0, line.name) for line in mine])
    if form.is_valid():
        school = School.objects.get(pk=form.school_id)
        require(can_request_for(request.user, school, today), FOR_HEADS)
        told = {"workhub_year": chosen, "school": school, "why": form.cleaned_data["why"]}
        if saved(form, REFUSALS, service=request_to_join, **told, by=request.user, now=now):
            messages.success(request, f"{school} has asked to join. You hear by mail.")
            return redirect(chosen)
    school_name = f" with {mine[0].name}" if len(mine) == 1 else ""
    lead = f"{chosen.workhub}, {chosen.academic_year}. Whoever leads it answers within a week."
    wording = Wording(f"Ask to join{school_name}", "Ask to join", chosen.get_absolute_url(), lead)
    return form_page(request, chosen, form, wording)


def _request_or_404(request: PersonRequest, pk: int) -> JoinRequest:
    requests = JoinRequest.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(
        requests.select_related("school", "requested_by", "workhub_year__workhub__alliance"), pk=pk
    )


def request_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Yes or no, on the desk in one click, or here with words that go with it."""
    asked = _request_or_404(request, pk)
    require(can_answer_request(request.user, asked, timezone.localdate()))
    if not asked.is_open:
        messages.warning(request, CLOSED)
        return redirect(asked.workhub_year)
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(typed)
    if form.is_valid() and request.POST.get("answer") in {"yes", "no"}:
        _answer(request, asked, words=form.cleaned_data["words"])
        is_from_desk = request.POST.get("then") == "desk"
        return redirect("home:desk") if is_from_desk else redirect(asked.workhub_year)
    wording = Wording(
        f"May {asked.school} join?",
        "Yes, let it join",
        asked.workhub_year.get_absolute_url(),
        f"{asked.workhub_year.workhub}, {asked.workhub_year.academic_year}",
    )
    return form_page(request, asked.workhub_year, form, wording, asked=asked)


def _answer(request: PersonRequest, asked: JoinRequest, *, words: str) -> None:
    accepts = request.POST["answer"] == "yes"
    now = timezone.now()
    try:
        answer_request(request=asked, accepts=accepts, words=words, by=request.user, now=now)
    except RequestSettled:
        messages.warning(request, CLOSED)
    except (NotAMember, YearOver):
        messages.warning(request, NO_LONGER_POSSIBLE)
    else:
        said = "has joined" if accepts else "does not join"
        messages.success(request, f"{asked.school} {said} {asked.workhub_year.workhub}.")


@require_POST
def request_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """The school no longer asks."""
    asked = _request_or_404(request, pk)
    require(can_withdraw_request(request.user, asked, timezone.localdate()))
    try:
        withdraw_request(request=asked, by=request.user, now=timezone.now())
        messages.success(request, f"{asked.school} no longer asks to join.")
    except RequestSettled:
        messages.warning(request, CLOSED)
    return redirect(asked.workhub_year)
