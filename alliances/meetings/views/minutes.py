"""Reading, writing and passing on a meeting's minutes."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.meetings.attendance import register_of
from alliances.meetings.forms.minutes import (
    ApproveForm,
    SendBackForm,
)
from alliances.meetings.minuted import told_in
from alliances.meetings.models import Meeting
from alliances.meetings.permissions import (
    MinuteRights,
    minute_rights,
)
from alliances.meetings.services.checking import (
    approve_minutes,
    check_minutes,
    give_to_chair,
    send_back_minutes,
)
from alliances.meetings.views.finding import meeting_for, says_when_not_now
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day

NOT_YET = "These minutes are not published yet."
NOT_YOURS = "Minutes are written by the minute taker, the chair and those who run the group."
NOT_CHAIR = "Minutes are checked by whoever chaired the meeting."
NOT_TO_APPROVE = "Approval is noted by those who run the group."


def later_meetings(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings of the body since then that have begun, the next one first."""
    begun = Meeting.objects.filter(
        body=meeting.body_id,
        starts_at__gt=meeting.starts_at,
        state__in=[Meeting.State.IN_SESSION, Meeting.State.HELD],
    )
    return begun.order_by("starts_at", "pk")


def with_minute_rights(request: PersonRequest, pk: int) -> tuple[Meeting, MinuteRights]:
    """A meeting that she may see, or 404, and what she may do with its minutes."""
    meeting = meeting_for(request, pk)
    return meeting, minute_rights(request.user, meeting, timezone.localdate())


@require_safe
def minutes_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What was said, decided and given to do, as far as she may read it."""
    now = timezone.now()
    meeting, rights = with_minute_rights(request, pk)
    require(rights.may_read, NOT_YET)
    told = told_in(meeting, request.user, runs=rights.runs, on=timezone.localdate(now))
    context = {
        "meeting": meeting,
        "rights": rights,
        "parts": told.parts,
        "carried": told.carried,
        "register": register_of(meeting),
        "approved_in": list(later_meetings(meeting)[:1]) if rights.may_approve else [],
        "now": now,
    }
    return render(request, "meetings/minutes_detail.html", context)


@require_POST
@says_when_not_now
def minutes_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Give them to the chair."""
    now = timezone.now()
    meeting, rights = with_minute_rights(request, pk)
    require(rights.may_write, NOT_YOURS)
    given = give_to_chair(meeting=meeting, by=request.user, now=now)
    by = spoken_day(given.minutes_check_due_at) if given.minutes_check_due_at else ""
    messages.success(request, f"The minutes are with the chair, to be checked by {by}.")
    return redirect("meetings:minutes_detail", pk=pk)


@require_POST
@says_when_not_now
def minutes_check(request: PersonRequest, pk: int) -> HttpResponse:
    """They are right: everybody who was asked may read them."""
    meeting, rights = with_minute_rights(request, pk)
    require(rights.may_check, NOT_CHAIR)
    check_minutes(meeting=meeting, by=request.user, now=timezone.now())
    messages.success(request, "The minutes are published. Everybody who was asked is told.")
    return redirect("meetings:minutes_detail", pk=pk)


@says_when_not_now
def minutes_send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what should be put right, and send them back."""
    meeting, rights = with_minute_rights(request, pk)
    require(rights.may_check, NOT_CHAIR)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        send_back_minutes(meeting=meeting, because=because, by=request.user, now=timezone.now())
        messages.success(request, "The minutes are back with whoever wrote them.")
        return redirect("meetings:minutes_detail", pk=pk)
    return render(request, "meetings/minutes_send_back.html", {"form": form, "meeting": meeting})


@says_when_not_now
def minutes_approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Note in which later meeting they were approved; then nothing in them changes."""
    now = timezone.now()
    meeting, rights = with_minute_rights(request, pk)
    require(rights.may_approve, NOT_TO_APPROVE)
    typed = request.POST if request.method == "POST" else None
    form = ApproveForm(typed, later=later_meetings(meeting))
    if form.is_valid():
        chosen = form.cleaned_data["meeting"]
        approve_minutes(meeting=meeting, approved_in=chosen, by=request.user, now=now)
        messages.success(request, f"The minutes are approved in “{chosen}”.")
        return redirect("meetings:minutes_detail", pk=pk)
    return render(request, "meetings/minutes_approve.html", {"form": form, "meeting": meeting})
