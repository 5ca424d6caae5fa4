"""Loading a review day for somebody, what she may do with it, and pages with one form about it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.registers import GoneFurther
from partnership.toolkit.statements import answer
from reviews.cycles.models import DayPlace, ReviewDay
from reviews.cycles.permissions import CycleRights, can_change_day, rights_in_cycle
from reviews.cycles.services.holding import (
    HasAnotherDay,
    NotCancelled,
    NotHeld,
    NotOverYet,
    NotPlanned,
)
from reviews.cycles.services.teaming import AlreadyThere, NotInTeam
from reviews.cycles.views.finding import FOR_ORGANISERS

NAMED = ("cycle__alliance", "cycle__framework", "cycle__organiser", "host", "school")
REFUSALS: Refusals = {
    GoneFurther: ("", "The review has gone further: what came of the day stands."),
    AlreadyThere: ("", "Already in the team. Choose somebody else."),
    HasAnotherDay: ("", "The school has another day by now. Move that one instead."),
    NotCancelled: ("", "It isn’t called off any more. Look at its page."),
    NotHeld: ("", "It isn’t said to be held any more. Look at its page."),
    NotInTeam: ("", "No longer in the team. Look at the day’s page."),
    NotOverYet: ("", "It isn’t over yet. Come back after its end."),
    NotPlanned: ("", "It was held or called off meanwhile. Look at its page."),
}


def _visible(*, person: Person, pk: int, on: Any) -> QuerySet[ReviewDay]:
    return ReviewDay.objects.visible_to(person, on=on).filter(pk=pk).select_related(*NAMED)


def _places(*, day: int) -> QuerySet[DayPlace]:
    places = DayPlace.objects.filter(day=day, ended_at=None)
    return places.select_related("person", "reviewer__reviewer__school").order_by(
        "-is_lead", "person__search_name", "pk"
    )


def day_for(request: PersonRequest, pk: int) -> tuple[CycleRights, ReviewDay]:
    """A day of a cycle in which she has a part, and her rights there; else it doesn't exist."""
    today = timezone.localdate()
    day: ReviewDay = found(answer(_visible, person=request.user, pk=pk, on=today))
    return rights_in_cycle(request.user, day.cycle, today), day


def day_to_change(request: PersonRequest, pk: int) -> tuple[CycleRights, ReviewDay]:
    """A day whose cycle she organises and that lives, or 404 or 403."""
    rights, day = day_for(request, pk)
    require(can_change_day(rights), FOR_ORGANISERS)
    return rights, day


def places_of(day: ReviewDay) -> list[DayPlace]:
    """Who is asked to it, the lead first; declined places stay until somebody else is asked."""
    places: list[DayPlace] = answer(_places, day=day.pk)
    for place in places:
        place.day = day
    return places


def day_form_page(
    request: HttpRequest, day: ReviewDay, form: Any, wording: Wording, **more: Any
) -> HttpResponse:
    """A page about a day with one form; `above` names a template that stands over it."""
    context = {
        "day": day,
        "cycle": day.cycle,
        "form": form,
        "wording": wording,
        "above": "",
        **more,
    }
    return render(request, "cycles/day_form.html", context)


def day_question_page(
    request: HttpRequest, day: ReviewDay, form: Any, wording: Wording
) -> HttpResponse:
    """Ask before something of a day ends; the lead says what follows."""
    context = {"day": day, "cycle": day.cycle, "form": form, "wording": wording}
    return render(request, "cycles/day_end.html", context)
