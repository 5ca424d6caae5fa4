"""Accounts of days: one person's with every line, and a school's as the sum of its people's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.permissions import directed_alliances
from alliances.schools.models import School
from alliances.schools.permissions import is_head_of
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import (
    Participation,
    ParticipationWindow,
    participation_of,
)
from support.directory.capacity import FIGURES, counted
from support.directory.models import CapacityAccount
from support.directory.permissions import can_see_days, can_see_days_of_school
from support.directory.views.entries import crumbs_of
from support.directory.views.finding import home
from support.directory.views.practitioners import practitioner_for

FOR_WHOM_IT_CONCERNS = (
    "The practitioner, the head of the home school and the alliance’s director see this account."
)


def _chosen_year(request: HttpRequest, today: date) -> int:
    asked = request.GET.get("year", "")
    year = AcademicYear.from_slug(asked) or AcademicYear.containing(today)
    return year.start


@require_safe
def practitioner_days(request: PersonRequest, pk: int) -> HttpResponse:
    """Offered, promised, delivered and left, year by year; each figure opens its lines."""
    today = timezone.localdate()
    practitioner = practitioner_for(request, pk)
    require(can_see_days(request.user, practitioner, today), FOR_WHOM_IT_CONCERNS)
    accounts = list(CapacityAccount.objects.filter(practitioner=pk).order_by("-year"))
    year = _chosen_year(request, today)
    account = next((each for each in accounts if each.year == year), None)
    entries = (
        account.entries.select_related("made_by").order_by("-made_at", "-pk") if account else ()
    )
    figure = request.GET.get("figure", "")
    context = {
        "practitioner": practitioner,
        "crumbs": (home(), *crumbs_of(practitioner)),
        "year": AcademicYear(year),
        "accounts": accounts,
        "account": account,
        "figures": FIGURES,
        "counted": counted(account, figure, entries) if account else None,
    }
    return render(request, "directory/practitioner_days.html", context)


def _accounts_of(
    school: School, person: Person, on: date, *, is_headed: bool
) -> QuerySet[CapacityAccount]:
    accounts = CapacityAccount.objects.filter(school=school)
    if not is_headed:
        directed = directed_alliances(person, on).order_by().values("pk")
        accounts = accounts.filter(practitioner__alliance__in=directed)
    return accounts.select_related("practitioner__person")


@require_safe
def school_days(request: PersonRequest, urn: int) -> HttpResponse:
    """What a school's people offer and give in an academic year, and the sum of it."""
    today = timezone.localdate()
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    require(can_see_days_of_school(request.user, school, today), "Its head sees this page.")
    is_headed = is_head_of(request.user, school, today)
    year = _chosen_year(request, today)
    accounts = list(
        _accounts_of(school, request.user, today, is_headed=is_headed).order_by(
            "practitioner__person__search_name", "pk"
        )
    )
    years = sorted({each.year for each in accounts} | {year}, reverse=True)
    rows = [each for each in accounts if each.year == year]
    sums = {
        figure.key: sum((getattr(each, figure.key) for each in rows), Decimal(0))
        for figure in FIGURES
    }
    context = {
        "school": school,
        "crumbs": (home(),),
        "year": AcademicYear(year),
        "years": [AcademicYear(each) for each in years],
        "accounts": rows,
        "sums": sums,
        "parts": _given_and_received(school, AcademicYear(year)) if is_headed else [],
    }
    return render(request, "directory/school_days.html", context)


def _given_and_received(school: School, year: AcademicYear) -> list[Participation]:
    """What the school gave and received in the year; its heads alone are told."""
    return participation_of(ParticipationWindow(school.pk, year.start))
