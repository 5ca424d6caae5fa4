"""A meeting's agenda, attendance and minutes as PDF, behind the same questions as its pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.agenda import agenda_of
from alliances.meetings.attendance import register_of
from alliances.meetings.minuted import carried_to, told_in
from alliances.meetings.models import Meeting
from alliances.meetings.permissions import is_of_body, minute_rights, rights_in
from alliances.meetings.printing import agenda_facts, attendance_facts, minutes_facts
from alliances.meetings.views.finding import meeting_for
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response

NOT_YET = "These minutes are not published yet."


def _made(
    request: PersonRequest, meeting: Meeting, name: str, facts: dict[str, object]
) -> HttpResponse:
    """The paper under its name and day; that it was taken is audited."""
    now = timezone.now()
    record_export(of=f"{name.capitalize()} of {meeting}", kind="pdf", by=request.user, at=now)
    day = timezone.localdate(meeting.starts_at)
    made = pdf(f"meetings/meeting_{name}.typ", facts, at=now)
    return pdf_response(made, name=f"{name}-{meeting.pk}-{day:%Y-%m-%d}")


@require_safe
def agenda_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """What she may read of the agenda, with the papers' names and the open actions."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_for(request, pk)
    rights = rights_in(request.user, meeting.body, today)
    agenda = agenda_of(meeting, request.user, rights, on=today)
    is_inside = rights.may_run or is_of_body(request.user, meeting.body, today)
    carried = carried_to(meeting, runs=rights.may_run) if is_inside else []
    return _made(request, meeting, "agenda", agenda_facts(meeting, agenda, carried, now=now))


@require_safe
def attendance_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The register, for whoever may read the minutes."""
    now = timezone.now()
    meeting = meeting_for(request, pk)
    rights = minute_rights(request.user, meeting, timezone.localdate(now))
    require(rights.may_read, NOT_YET)
    facts = attendance_facts(meeting, register_of(meeting), now=now)
    return _made(request, meeting, "attendance", facts)


@require_safe
def minutes_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The minutes as far as she may read them."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_for(request, pk)
    rights = minute_rights(request.user, meeting, today)
    require(rights.may_read, NOT_YET)
    told = told_in(meeting, request.user, runs=rights.runs, on=today)
    facts = minutes_facts(meeting, told, register_of(meeting), now=now)
    return _made(request, meeting, "minutes", facts)
