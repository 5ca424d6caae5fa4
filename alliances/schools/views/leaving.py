"""Somebody leaves a school and somebody follows, in one screen."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.schools.forms.leaving import LeavingForm
from alliances.schools.models import Departure, School, SchoolPost
from alliances.schools.services import (
    AccountClosed,
    DepartureOver,
    PostEndsBeforeItStarts,
    arrange_departure,
    call_off_departure,
    held_by,
)
from alliances.schools.views.people import ACCOUNT_CLOSED, school_with_standing
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import Leaver
from partnership.toolkit.spoken_dates import spoken_day

BEFORE_IT_BEGAN = "A post of hers or his began after this day. Choose a later last day."


def person_leave(request: PersonRequest, urn: int, pk: int) -> HttpResponse:
    """The last day, who follows, and what becomes of each thing."""
    now = timezone.now()
    today = timezone.localdate(now)
    school = _school_to_arrange(request, urn, today)
    here = SchoolPost.objects.on(today).filter(school=school).values("person")
    person = get_object_or_404(Person.objects.filter(pk__in=here), pk=pk)
    held = held_by(Leaver(person, school, today, request.user, today))
    data = request.POST if request.method == "POST" else None
    form = LeavingForm(data, person=person, held=held, on=today)
    if form.is_valid() and (departure := _arranged(form, school, person, request, now=now)):
        messages.success(request, said_of(departure))
        return redirect(school)
    context = {"school": school, "person": person, "form": form}
    return render(request, "schools/person_leave.html", context)


def _school_to_arrange(request: PersonRequest, urn: int, today: date) -> School:
    school = school_with_standing(request, urn, today)
    require(request.user.is_staff or school.is_headed or school.is_directed)
    return cast(School, school)


def departure_call_off(request: PersonRequest, urn: int, pk: int) -> HttpResponse:
    """Somebody stays after all: taken back, after a question."""
    now = timezone.now()
    school = _school_to_arrange(request, urn, timezone.localdate(now))
    departures = Departure.objects.filter(school=school, called_off_at=None)
    departure = get_object_or_404(departures.select_related("person", "successor"), pk=pk)
    if request.method != "POST":
        context = {"school": school, "departure": departure}
        return render(request, "schools/departure_call_off.html", context)
    try:
        call_off_departure(departure=departure, by=request.user, now=now)
    except DepartureOver:
        messages.info(request, f"{departure.person}’s last day has passed already.")
    else:
        messages.success(request, f"{departure.person} stays at {school}.")
    return redirect("schools:school_people", urn)


def _arranged(
    form: LeavingForm, school: School, person: Person, request: PersonRequest, *, now: datetime
) -> Departure | None:
    try:
        return arrange_departure(
            school=school,
            person=person,
            last_day=form.cleaned_data["last_day"],
            choices=form.choices,
            by=request.user,
            now=now,
            successor_email=form.cleaned_data["email"],
            successor_name=form.cleaned_data["name"],
        )
    except AccountClosed:
        form.add_error("email", ACCOUNT_CLOSED)
    except PostEndsBeforeItStarts:
        form.add_error("last_day", BEFORE_IT_BEGAN)
    return None


def said_of(departure: Departure) -> str:
    """What is now true."""
    said = f"{departure.person}’s last day is {spoken_day(departure.last_day)}."
    if departure.successor is None:
        return said
    said = f"{said} {departure.successor} follows."
    if departure.successor.is_active:
        return said
    return f"{said} An invitation to the portal is on its way."
