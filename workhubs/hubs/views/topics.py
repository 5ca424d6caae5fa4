"""Schools propose topics, and whoever runs the workhub answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.models import Membership
from alliances.membership.views.finding import Refusals, Wording, saved
from alliances.schools.models import School
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import handed_words, origins_of
from partnership.toolkit.statements import answer
from workhubs.hubs.bridges import PROPOSE_TOPIC, own_memberships
from workhubs.hubs.forms import TopicAnswerForm, TopicForm
from workhubs.hubs.models import TopicProposal, WorkhubYear
from workhubs.hubs.permissions import can_answer_topic, can_propose_for
from workhubs.hubs.services import (
    NotAMember,
    TopicSettled,
    YearOver,
    decline_topic,
    propose_topic,
    take_up_topic,
    withdraw_topic,
)
from workhubs.hubs.views.finding import question_page
from workhubs.hubs.views.places import CLOSED, YEAR_IS_OVER

REFUSALS: Refusals = {
    TopicSettled: ("", CLOSED),
    YearOver: ("", YEAR_IS_OVER),
}
TAKEN_BACK = "Nobody answers it then, and it can’t be brought back, only proposed anew."
FOR_HEADS = "Heads propose topics where their school’s alliance has workhubs."
READERS = (
    "Whoever leads the workhub and the alliance’s office read it, and answer in two weeks. What is "
    "taken up becomes an objective, which the alliance reads."
)


def _own_schools(*, person: Person, on: date) -> QuerySet[Membership, Any]:
    members = own_memberships(person, on=on).order_by("school__name", "school__pk", "pk")
    return members.values_list("alliance", "school", "school__name")


def _years(alliances: set[int], on: date) -> list[tuple[int, str]]:
    years = WorkhubYear.objects.running(on=on).filter(workhub__alliance__in=alliances)
    named = years.select_related("workhub").order_by("workhub__name", "year", "pk")
    return [(year.pk, f"{year.workhub}, {year.academic_year}") for year in named]


def topic_propose(request: PersonRequest) -> HttpResponse:
    """A head says what a workhub should work on."""
    now = timezone.now()
    today = timezone.localdate(now)
    mine = answer(_own_schools, person=request.user, on=today)
    years = _years({alliance for alliance, _school, _name in mine}, today)
    require(bool(mine and years), FOR_HEADS)
    schools = list(dict.fromkeys((school, name) for _alliance, school, name in mine))
    origin = request.GET.get("origin", "")
    about = handed_words(origin, by=request.user)
    initial = {"about": about, "workhub": request.GET.get("workhub", "")}
    typed = request.POST if request.method == "POST" else None
    form = TopicForm(typed, workhubs=years, schools=schools, initial=initial)
    proposal = _proposed(request, form, origin) if form.is_valid() else None
    if proposal is not None:
        messages.success(request, "Your topic is proposed. You hear by mail.")
        return redirect(proposal)
    back = address("hubs:workhub_list")
    wording = Wording("Propose a topic to a workhub", "Propose the topic", back, READERS)
    context = {"form": form, "wording": wording, "is_handed": bool(about)}
    return render(request, "hubs/topic_propose.html", context)


def _proposed(request: PersonRequest, form: TopicForm, origin: str) -> TopicProposal | None:
    """The new topic, or None with what stands in its way said at its field."""
    now = timezone.now()
    years = WorkhubYear.objects.select_related("workhub__alliance")
    year = get_object_or_404(years, pk=form.cleaned_data["workhub"])
    school = get_object_or_404(School, pk=form.cleaned_data["school"])
    require(can_propose_for(request.user, school, timezone.localdate(now)), FOR_HEADS)
    told: dict[str, Any] = {"workhub_year": year, "school": school, **form.words}
    try:
        return propose_topic(**told, by=request.user, now=now, origin=origin)
    except NotAMember:
        form.add_error("workhub", "The school doesn’t belong to this workhub’s alliance.")
    except YearOver:
        form.add_error("workhub", YEAR_IS_OVER)
    return None


def _visible(*, person: Person, pk: int, on: date) -> QuerySet[TopicProposal]:
    seen = TopicProposal.objects.visible_to(person, on=on).filter(pk=pk)
    return seen.select_related(
        "school", "proposed_by", "answered_by", "objective", "workhub_year__workhub__alliance"
    )


def _topic_for(request: PersonRequest, pk: int) -> TopicProposal:
    proposal: TopicProposal = found(
        answer(_visible, person=request.user, pk=pk, on=timezone.localdate())
    )
    return proposal


@require_safe
def topic_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What a school proposes, and what became of it."""
    now = timezone.now()
    today = timezone.localdate(now)
    proposal = _topic_for(request, pk)
    context = {
        "proposal": proposal,
        "workhub_year": proposal.workhub_year,
        "is_late": proposal.is_open and proposal.answer_by < now,
        "can_answer": proposal.is_open and can_answer_topic(request.user, proposal, today),
        "can_withdraw": proposal.is_open and can_propose_for(request.user, proposal.school, today),
        "origins": origins_of(request.user, kind=PROPOSE_TOPIC, thing_id=pk, now=now),
    }
    return render(request, "hubs/topic_detail.html", context)


def topic_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it up as an objective, or decline it with a word why."""
    proposal = _topic_for(request, pk)
    require(can_answer_topic(request.user, proposal, timezone.localdate()))
    if not proposal.is_open:
        messages.warning(request, CLOSED)
        return redirect(proposal)
    typed = request.POST if request.method == "POST" else None
    form = TopicAnswerForm(typed, initial={"objective": proposal.topic})
    if form.is_valid() and _answered(request, proposal, form):
        said = "taken up as an objective" if form.takes_up else "declined"
        messages.success(request, f"“{proposal.topic}” is {said}. The school is told.")
        return redirect(proposal)
    title = f"Will {proposal.workhub_year.workhub} take up “{proposal.topic}”?"
    wording = Wording(title, "Take it up", proposal.get_absolute_url())
    context = {
        "proposal": proposal,
        "workhub_year": proposal.workhub_year,
        "form": form,
        "wording": wording,
    }
    return render(request, "hubs/topic_answer.html", context)


def _answered(request: PersonRequest, proposal: TopicProposal, form: TopicAnswerForm) -> bool:
    words = form.cleaned_data
    told = {"proposal": proposal, "words": words["words"], "by": request.user}
    if not form.takes_up:
        return saved(form, REFUSALS, service=decline_topic, **told, now=timezone.now())
    told |= {"objective": words["objective"], "measure": words["measure"]}
    return saved(form, REFUSALS, service=take_up_topic, **told, now=timezone.now())


def topic_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then the school takes it back."""
    proposal = _topic_for(request, pk)
    require(can_propose_for(request.user, proposal.school, timezone.localdate()))
    if not proposal.is_open:
        messages.warning(request, CLOSED)
        return redirect(proposal)
    if request.method != "POST":
        title, back = f"Take “{proposal.topic}” back?", proposal.get_absolute_url()
        wording = Wording(title, "Take it back", back, TAKEN_BACK)
        return question_page(request, proposal.workhub_year, None, wording)
    try:
        withdraw_topic(proposal=proposal, by=request.user, now=timezone.now())
        messages.success(request, f"“{proposal.topic}” is taken back.")
    except TopicSettled:
        messages.warning(request, CLOSED)
    return redirect(proposal)
