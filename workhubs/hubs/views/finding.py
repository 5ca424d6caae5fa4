"""Loading a workhub's year for somebody, and pages with one form about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances.membership.views.finding import Wording
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.access import found
from partnership.toolkit.statements import answer
from workhubs.hubs.models import WorkhubYear


def years_of(person: Person, slug: str, *, on: date) -> Sequence[WorkhubYear]:
    """All years of a workhub that she may see, the newest first."""
    years: list[WorkhubYear] = answer(_visible_years, person=person, slug=slug, on=on)
    return years


def _visible_years(*, person: Person, slug: str, on: date) -> QuerySet[WorkhubYear]:
    years = WorkhubYear.objects.visible_among(person, on=on).filter(workhub__slug=slug)
    named = years.select_related("workhub__alliance", "workhub__body", "lead", "deputy", "area")
    return named.order_by("-year")


def year_or_404(person: Person, slug: str, year: AcademicYear, *, on: date) -> WorkhubYear:
    """One year of a workhub that she may see."""
    one: WorkhubYear = found(answer(_one_year, person=person, slug=slug, year=year.start, on=on))
    return one


def _one_year(*, person: Person, slug: str, year: int, on: date) -> QuerySet[WorkhubYear]:
    return _visible_years(person=person, slug=slug, on=on).filter(year=year)


def form_page(
    request: HttpRequest, workhub_year: WorkhubYear, form: Any, wording: Wording, **more: Any
) -> HttpResponse:
    """A page about a workhub's year with one form."""
    context = {"workhub_year": workhub_year, "form": form, "wording": wording, **more}
    return render(request, "hubs/thing_form.html", context)


def question_page(
    request: HttpRequest, workhub_year: WorkhubYear, form: Any, wording: Wording
) -> HttpResponse:
    """Ask before something ends or goes; the lead says what follows."""
    context = {"workhub_year": workhub_year, "form": form, "wording": wording}
    return render(request, "hubs/thing_end.html", context)
