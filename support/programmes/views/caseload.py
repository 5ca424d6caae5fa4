"""The caseload: every programme in which somebody has a part."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.answers import Answers, AnswersBetween
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.statements import answer
from support.programmes import exporting
from support.programmes.filters import CaseloadFilter
from support.programmes.models import Programme, Stage
from support.programmes.rows import known_order, rows_chosen, rows_of, standing_now

STAGES: dict[str, str] = {stage.value: stage.label for stage in Stage}
STATES: dict[str, str] = {state.value: state.label for state in Programme.State}
TONES: dict[str, str] = {
    Stage.ASKED: "soon",
    Stage.RUNNING: "done",
    Stage.WATCHED: "plain",
    Stage.ENDED: "plain",
}


class Case(NamedTuple):
    """A row in words, in the order of the columns: a template reads plain words ten times faster."""

    key: str
    school: str
    area: str
    alliance: str
    tone: str
    words: str
    supporter: str
    director: str
    asked_at: datetime
    asked_in: str
    due_at: datetime | None
    is_late: bool


def _visible(*, person: Person, on: date) -> QuerySet[Programme, Any]:
    return Programme.objects.visible_to(person, on=on).values_list("pk", flat=True)


def _filterset(request: PersonRequest, now: datetime) -> CaseloadFilter:
    today = timezone.localdate(now)
    nothing = Programme.objects.none()
    return CaseloadFilter(request.GET, nothing, person=request.user, on=today, now=now)


def _asked_for(filterset: CaseloadFilter, order: str) -> QuerySet[Programme, Any]:
    """Those that the filters leave. Which she may see is asked before: planning both takes long."""
    seen = answer(_visible, person=filterset.person, on=filterset.on)
    filterset.queryset = Programme.objects.filter(pk__in=seen)
    return rows_of(filterset.qs, order)


def _rows(filterset: CaseloadFilter, order: str) -> Answers | QuerySet[Programme, Any]:
    if not filterset.is_in_use and not order:
        return AnswersBetween(standing_now, person=filterset.person, on=filterset.on)
    if (chosen := filterset.chosen()) is None:
        return _asked_for(filterset, order)
    choices, told = chosen
    return Answers(rows_chosen, order, choices, **told)


def case_of(row: Any, now: datetime) -> Case:
    """How a row looks: late comes first."""
    is_over = row.stage == Stage.ENDED
    return Case(
        str(row.pk),
        row.school__name,
        row.area__name,
        row.alliance__name,
        TONES.get(row.stage, "note"),
        STATES[row.state] if is_over else STAGES[row.stage],
        row.supporting_school__name or "–",
        row.director__name or "Nobody yet",
        row.asked_at,
        str(row.asked_at.astimezone(UK).year),
        row.due_at,
        row.due_at is not None and row.due_at < now,
    )


@require_safe
def caseload(request: PersonRequest) -> HttpResponse:
    """What still stands, or those that she asks for, the newest request on top."""
    now = timezone.now()
    filterset = _filterset(request, now)
    order = known_order(request.GET.get("order", ""))
    page = page_of(_rows(filterset, order), request)
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page,
        "cases": [case_of(row, now) for row in page],
        "order": order,
    }
    return render(request, "programmes/caseload.html", context)


@require_safe
def caseload_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the caseload's filters leave, as a file; its taking is audited."""
    now = timezone.now()
    filterset = _filterset(request, now)
    rows = _asked_for(filterset, known_order(request.GET.get("order", "")))
    record_export(of="Support programmes", kind=kind, by=request.user, at=now)
    return export(
        kind,
        name="support-programmes",
        columns=exporting.COLUMNS,
        rows=rows.iterator(chunk_size=1_000),
        on=filterset.on,
    )
