"""The list of workhubs."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.answers import Answers
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.statements import within
from workhubs.hubs import exporting
from workhubs.hubs.filters import PROGRESS, WorkhubFilter, known_order, order_of
from workhubs.hubs.models import Objective, WorkhubYear, WorkhubYearQuerySet
from workhubs.hubs.views.rolling import offices_of

COLUMNS = (
    "pk",
    "year",
    "priority",
    "workhub__slug",
    "workhub__name",
    "workhub__kind",
    "workhub__alliance__name",
    "area__name",
    "lead__name",
    "deputy__name",
    "school_count",
    "next_meeting_at",
)


def _visible(*, person: Person, on: date) -> QuerySet[WorkhubYear, Any]:
    return WorkhubYear.objects.visible_to(person, on=on).values("pk")


def _rows(
    workhub_years: WorkhubYearQuerySet,
    this_year: AcademicYear,
    order: str,
    *,
    on: date,
    now: datetime,
    ends: datetime,
) -> QuerySet[WorkhubYear, Any]:
    counted = workhub_years.with_school_count(on=on)
    with_meeting = counted.with_next_meeting(this_year, now=now, ends=ends)
    if order.removeprefix("-") == PROGRESS:
        with_meeting = with_meeting.with_progress()
    return with_meeting.order_by(*order_of(order)).values_list(*COLUMNS, named=True)


def _this_year(
    year: AcademicYear, order: str, *, person: Person, on: date, now: datetime, ends: datetime
) -> QuerySet[WorkhubYear, Any]:
    visible = WorkhubYear.objects.visible_to(person, on=on).in_year(year)
    return _rows(visible, year, order, on=on, now=now, ends=ends)


@require_safe
def workhub_list(request: PersonRequest) -> HttpResponse:
    """Her alliances' workhubs: this year's, or those that she asks for."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = WorkhubYear.objects.filter(pk__in=within(_visible, person=request.user, on=today))
    filterset = WorkhubFilter(request.GET, visible, person=request.user, on=today)
    order = known_order(request.GET.get("order", ""))
    year = filterset.this_year
    ends = datetime.combine(year.next.first_day, time.min, tzinfo=UK)
    rows: Answers | QuerySet[WorkhubYear, Any] = Answers(
        _this_year, year, order, person=request.user, on=today, now=now, ends=ends
    )
    if filterset.is_in_use:
        rows = _rows(filterset.qs, year, order, on=today, now=now, ends=ends)
    page = page_of(rows, request)
    tallies = Objective.objects.tallies([row.pk for row in page]) if page.rows else {}
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page,
        "rows": [(row._asdict(), AcademicYear(row.year), tallies.get(row.pk)) for row in page],
        "has_objectives": bool(tallies),
        "order": order,
        "offices": offices_of(request.user, on=today, looks_at=filterset.asked_year),
    }
    return render(request, "hubs/workhub_list.html", context)


@require_safe
def workhub_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, as a file; it names the leads, so its taking is audited."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = WorkhubYear.objects.filter(pk__in=within(_visible, person=request.user, on=today))
    filterset = WorkhubFilter(request.GET, visible, person=request.user, on=today)
    order = known_order(request.GET.get("order", ""))
    year = filterset.this_year
    ends = datetime.combine(year.next.first_day, time.min, tzinfo=UK)
    rows = exporting.exported(
        _rows(filterset.qs, year, order, on=today, now=now, ends=ends), on=today
    )
    record_export(of="Workhubs", kind=kind, by=request.user, at=now)
    return export(kind, name="workhubs", columns=exporting.COLUMNS, rows=rows, on=today)


@require_safe
def objective_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The objectives of the workhubs that the list's filters leave, and how they stand."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = WorkhubYear.objects.filter(pk__in=within(_visible, person=request.user, on=today))
    filterset = WorkhubFilter(request.GET, visible, person=request.user, on=today)
    rows = exporting.objectives_of(filterset.qs).iterator(chunk_size=1_000)
    record_export(of="Objectives of workhubs", kind=kind, by=request.user, at=now)
    return export(
        kind, name="workhub-objectives", columns=exporting.OBJECTIVES, rows=rows, on=today
    )
