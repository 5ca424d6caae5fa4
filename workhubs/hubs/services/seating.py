"""Who takes part in a workhub has a seat in its body, and whoever leads its year leads that."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypedDict

from django.db.models import Q, QuerySet

from alliances.meetings.models import Seat
from alliances.meetings.services import (
    edit_body,
    keep_seat,
    leave_seat,
    name_deputy,
    take_seat,
)
from alliances.schools.models import School
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from workhubs.hubs.models import Workhub, WorkhubPerson, WorkhubSchool, WorkhubYear


class Holder(TypedDict, total=False):
    """Whose a seat is: a school's or a person's."""

    school: School
    person: Person


def _seats(workhub: Workhub, holder: Holder, *, on: date) -> QuerySet[Seat]:
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    whose = {"school": None, "person": None} | holder
    return Seat.objects.filter(goes_on, body=workhub.body_id, **whose).order_by("pk")


def seat(workhub: Workhub, holder: Holder, *, starts_on: date, by: Person, now: datetime) -> None:
    """Have it sit in the body from a day on; a seat that was to end goes on."""
    seats = list(_seats(workhub, holder, on=starts_on - timedelta(days=1)))
    if any(seat.ends_on is None for seat in seats):
        return
    if seats:
        keep_seat(seat=seats[-1], by=by, now=now)
    else:
        take_seat(body=workhub.body, starts_on=starts_on, by=by, now=now, **holder)


def unseat(
    workhub_year: WorkhubYear, holder: Holder, *, last_day: date, by: Person, now: datetime
) -> None:
    """Its seat ends with a day, unless a later year of the workhub keeps it."""
    workhub = workhub_year.workhub
    comes_back_on = _next_beginning(workhub_year, holder, after=last_day)
    if comes_back_on is not None and comes_back_on <= last_day + timedelta(days=1):
        return
    for held in _seats(workhub, holder, on=last_day):
        leave_seat(seat=held, ends_on=last_day, by=by, now=now)
    if comes_back_on is not None:
        take_seat(body=workhub.body, starts_on=comes_back_on, by=by, now=now, **holder)


def _next_beginning(workhub_year: WorkhubYear, holder: Holder, *, after: date) -> date | None:
    later = WorkhubYear.objects.filter(
        workhub=workhub_year.workhub_id, year__gt=workhub_year.year, closed_on=None
    )
    if "school" in holder:
        places = WorkhubSchool.objects.standing(on=after).filter(school=holder["school"])
        days = places.filter(workhub_year__in=later).values_list("joined_on", flat=True)
        return min((day for day in days if day is not None), default=None)
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=after)
    people = WorkhubPerson.objects.filter(goes_on, person=holder["person"])
    beginnings = people.filter(workhub_year__in=later).values_list("starts_on", flat=True)
    return min(beginnings, default=None)


def current_year(workhub: Workhub, *, on: date) -> WorkhubYear | None:
    """The year that runs on a day, else the last one before it, else the first to come."""
    years = WorkhubYear.objects.filter(workhub=workhub).select_related("lead", "deputy")
    begun = years.filter(year__lte=AcademicYear.containing(on).start)
    return begun.order_by("-year").first() or years.order_by("year").first()


def carry_to_body(workhub: Workhub, *, by: Person | None, now: datetime) -> None:
    """Its body has its name, and the lead and deputy of its current year."""
    year = current_year(workhub, on=now.astimezone(UK).date())
    lead, deputy = (None, None) if year is None else (year.lead, year.deputy)
    body = edit_body(body=workhub.body, name=workhub.name, lead=lead, by=by, now=now)
    name_deputy(body=body, deputy=deputy, by=by, now=now)
