"""The team of a review day, changed by hand: who may go, who leads, who is asked no more."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from reviews.cycles.models import CycleReviewer, DayPlace, ReviewDay
from reviews.cycles.services.teaming import ask_reviewer, let_lead, take_out
from reviews.cycles.substitutes import leaders_among, proposals_for
from reviews.cycles.views.day_changes import done
from reviews.cycles.views.day_finding import day_question_page, day_to_change, places_of
from reviews.cycles.views.days import PlaceLine, lead_of

Answer = DayPlace.Answer


def _place(day: ReviewDay, place_pk: int) -> DayPlace:
    places = DayPlace.objects.filter(day=day).select_related("person")
    place: DayPlace = get_object_or_404(places, pk=place_pk)
    place.day = day
    return place


def _standing_reviewers(day: ReviewDay) -> QuerySet[CycleReviewer]:
    standing = CycleReviewer.objects.filter(cycle=day.cycle_id, left_at=None)
    return standing.select_related("reviewer__person")


@require_safe
def day_team(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is in the team, and everybody else with what speaks for and against her."""
    _rights, day = day_to_change(request, pk)
    places = places_of(day)
    proposals = proposals_for(day, needs_lead=lead_of(places) is None)
    is_held = day.state == ReviewDay.State.HELD
    leaders = _who_went(places) if is_held else leaders_among(places)
    context = {
        "day": day,
        "cycle": day.cycle,
        "can_change": day.state == ReviewDay.State.PLANNED,
        "is_held": is_held,
        "team": [(PlaceLine(each, is_hers=False), each.pk in leaders) for each in places],
        "declined": next((each for each in places if each.answer == Answer.DECLINED), None),
        "may_go": [each for each in proposals if each.may_go],
        "may_not": [each for each in proposals if not each.may_go],
    }
    return render(request, "cycles/day_team.html", context)


def _who_went(places: list[DayPlace]) -> set[int]:
    """Who may lead from now on what a day that was held still asks of its lead."""
    return {each.pk for each in places if each.answer == Answer.ACCEPTED and not each.is_lead}


def reviewer_ask(request: PersonRequest, pk: int, reviewer_pk: int) -> HttpResponse:
    """Ask somebody with one click; against a rule only after a question that names it."""
    _rights, day = day_to_change(request, pk)
    reviewer = get_object_or_404(_standing_reviewers(day), pk=reviewer_pk)
    places = places_of(day)
    needs_lead = lead_of(places) is None
    proposals = proposals_for(day, needs_lead=needs_lead)
    proposal = next((each for each in proposals if each.candidate.key == reviewer.pk), None)
    if proposal is None:
        messages.error(request, "Already in the team, or of the school that hosts.")
        return redirect("cycles:day_team", pk=day.pk)
    if request.method == "POST" and (proposal.may_go or request.POST.get("anyway")):
        declined = [each for each in places if each.answer == Answer.DECLINED]
        told = {
            "day": day,
            "reviewer": reviewer,
            "instead_of": declined[0] if declined else None,
            "is_lead": needs_lead and proposal.candidate.may_lead,
        }
        return done(request, day, f"{reviewer.reviewer.person} is asked.", ask_reviewer, **told)
    wording = Wording(
        title=f"Ask {reviewer.reviewer.person}?",
        button="Ask" if proposal.may_go else "Ask all the same",
        back=day.get_absolute_url(),
        lead=proposal.because,
    )
    return render(
        request, "cycles/day_ask.html", {"day": day, "cycle": day.cycle, "wording": wording}
    )


@require_POST
def place_lead(request: PersonRequest, pk: int, place_pk: int) -> HttpResponse:
    """Somebody of the team leads it."""
    _rights, day = day_to_change(request, pk)
    place = _place(day, place_pk)
    return done(request, day, f"{place.person} leads the team.", let_lead, in_team=place)


def place_end(request: PersonRequest, pk: int, place_pk: int) -> HttpResponse:
    """Ask before somebody is asked no more."""
    _rights, day = day_to_change(request, pk)
    place = _place(day, place_pk)
    if request.method == "POST":
        sentence = f"{place.person} is no longer asked."
        return done(request, day, sentence, take_out, in_team=place)
    wording = Wording(
        title=f"Take {place.person} out of the team?",
        button="Take out",
        back=day.get_absolute_url(),
        lead=f"{place.person}, the host and the team are told. You can ask again later.",
    )
    return day_question_page(request, day, None, wording)
