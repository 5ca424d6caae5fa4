"""Somebody leaves a school and somebody follows, in one screen."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.schools.forms.leaving import LeavingForm
from alliances.schools.models import Departure, School, SchoolPost
from alliances.schools.permissions import can_arrange_leaving
from alliances.schools.services import (
    AccountClosed,
    PostEndsBeforeItStarts,
    arrange_departure,
    held_by,
)
from alliances.schools.views.people import ACCOUNT_CLOSED, school_or_404
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import Leaver
from partnership.toolkit.spoken_dates import spoken_day

BEFORE_IT_BEGAN = "A post of hers or his began after this day. Choose a later last day."


def person_leave(request: PersonRequest, urn: int, pk: int) -> HttpResponse:
    """The last day, who follows, and what becomes of each thing."""
    school, now = school_or_404(request, urn), timezone.now()
    today = timezone.localdate(now)
    require(can_arrange_leaving(request.user, school, today))
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
