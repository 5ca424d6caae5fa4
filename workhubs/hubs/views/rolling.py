"""Rolling a year's workhubs over into the next, on one screen and after one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import Alliance, AlliancePost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from workhubs.hubs.forms import RollOver
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.permissions import can_roll_over
from workhubs.hubs.services import RolledOver, roll_over

SPRING, SUMMER = 3, 8
COLUMNS = (
    "alliance__slug",
    "alliance__name",
    "has_before",
    "has_left_out",
    "has_this",
    "has_unrolled",
)
FOR_OFFICE = "An alliance’s office rolls its workhubs over."


@dataclass(frozen=True)
class Office:
    """An alliance in whose office she sits, and which of its years wait to be rolled over."""

    slug: str
    name: str
    years: tuple[AcademicYear, ...]

    @property
    def offers(self) -> list[tuple[str, AcademicYear]]:
        """Where each of these years is begun."""
        return [(address("hubs:workhubs_roll_over", self.slug, year), year) for year in self.years]


def _offices(
    *, person: Person, on: date, this_year: int, next_year: int
) -> QuerySet[AlliancePost, Any]:
    years = WorkhubYear.objects.filter(
        workhub__alliance=OuterRef("alliance"), workhub__closed_on=None
    )
    this = years.filter(year=this_year)
    unrolled = this.exclude(workhub__years__year=next_year)
    before = years.filter(year__lt=this_year)
    left_out = before.exclude(workhub__years__year=this_year)
    posts = AlliancePost.objects.on(on).filter(person=person, kind__in=OFFICE_POSTS)
    return (
        posts.annotate(
            has_before=Exists(before),
            has_left_out=Exists(left_out),
            has_this=Exists(this),
            has_unrolled=Exists(unrolled),
        )
        .order_by("alliance__name", "alliance")
        .values_list(*COLUMNS)
        .distinct()
    )


def offices_of(person: Person, *, on: date, looks_at: AcademicYear | None = None) -> list[Office]:
    """Her offices; a year is offered while it has no workhubs, the next from spring on.

    Who looks at the next year already is offered that one in any season; who looks back, this
    one as long as something was left out.
    """
    year = AcademicYear.containing(on)
    told = {"this_year": year.start, "next_year": year.next.start}
    offices = []
    looks_back = looks_at is not None and looks_at < year
    for slug, name, has_before, has_left_out, has_this, has_unrolled in answer(
        _offices, person=person, on=on, **told
    ):
        is_empty = has_before and not has_this
        this = (year,) if is_empty or (has_left_out and looks_back) else ()
        is_time = SPRING <= on.month <= SUMMER or looks_at == year.next
        coming = (year.next,) if is_time and has_unrolled else ()
        offices.append(Office(slug, name, this + coming))
    return offices


def workhubs_roll_over(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """Choose what goes on, look at what will happen, and have it so."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = get_object_or_404(Alliance.objects.of_person(request.user, on=today), slug=slug)
    require(can_roll_over(request.user, alliance, today), FOR_OFFICE)
    this_year = AcademicYear.containing(today)
    if year not in (this_year, this_year.next):
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = RollOver(typed, alliance=alliance, year=year, on=today)
    context = {"alliance": alliance, "year": year, "roll_over": form, "today": today}
    if not form.is_complete() or request.POST.get("step") == "change":
        return render(request, "hubs/roll_over.html", context)
    if request.POST.get("step") != "do":
        return render(request, "hubs/roll_over_look.html", context)
    rolled = roll_over(
        alliance=alliance, year=year, going_on=form.going_on, by=request.user, now=now
    )
    messages.success(request, said_of_rolled(rolled, year))
    asked = f"alliance={slug}" if year == this_year else f"year={year.slug}&alliance={slug}"
    return redirect(f"{reverse('hubs:workhub_list')}?{asked}")


def said_of_rolled(rolled: RolledOver, year: AcademicYear) -> str:
    """What is now true."""
    count, places = len(rolled.years), len(rolled.places)
    if not count:
        return f"These workhubs had begun {year} already; nothing was changed."
    words = "1 workhub goes" if count == 1 else f"{count} workhubs go"
    schools = "1 place of a school stays" if places == 1 else f"{places} places of schools stay"
    return f"{words} on in {year}; {schools}. Heads and leads are told by mail."
