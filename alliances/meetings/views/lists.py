"""The list of meetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings import exporting
from alliances.meetings.filters import MeetingFilter
from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.permissions import can_run_some_meetings
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.answers import Answers
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.statements import within

COLUMNS = ("pk", "title", "starts_at", "place", "state", "body__name", "body__alliance__name")


def _visible(*, person: Person, on: date) -> QuerySet[Meeting, Any]:
    return Meeting.objects.visible_to(person, on=on).values("pk")


def _rows(meetings: QuerySet[Meeting], person: Person, *more: str) -> QuerySet[Meeting, Any]:
    own = MeetingReply.objects.filter(meeting=OuterRef("pk"), person=person, ended_at=None)
    own_answer = Subquery(own.order_by("answer", "pk").values("answer")[:1])
    answered = meetings.annotate(own_answer=own_answer)
    return answered.values_list(*COLUMNS, *more, "own_answer", named=True)


def _order(filterset: MeetingFilter) -> tuple[str, str]:
    return ("-starts_at", "-pk") if filterset.is_past_first else ("starts_at", "pk")


def _coming(*, person: Person, on: date, now: datetime) -> QuerySet[Meeting, Any]:
    coming = Meeting.objects.visible_to(person, on=on).filter(ends_at__gte=now)
    return _rows(coming, person).order_by("starts_at", "pk")


@require_safe
def meeting_list(request: PersonRequest) -> HttpResponse:
    """What she may see, the next meeting on top."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = Meeting.objects.filter(pk__in=within(_visible, person=request.user, on=today))
    filterset = MeetingFilter(request.GET, visible, person=request.user, now=now, on=today)
    rows: Answers | QuerySet[Meeting, Any] = Answers(
        _coming, person=request.user, on=today, now=now
    )
    if filterset.is_in_use:
        rows = _rows(filterset.qs, request.user).order_by(*_order(filterset))
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page_of(rows, request),
        "can_prepare": can_run_some_meetings(request.user, today),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_safe
def meeting_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, in its order, as a file."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = Meeting.objects.filter(pk__in=within(_visible, person=request.user, on=today))
    filterset = MeetingFilter(request.GET, visible, person=request.user, now=now, on=today)
    rows = _rows(filterset.qs, request.user, *exporting.MORE_COLUMNS).order_by(*_order(filterset))
    columns = exporting.COLUMNS
    return export(kind, name="meetings", columns=columns, rows=rows.iterator(), on=today)
