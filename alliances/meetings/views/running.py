"""Preparing, calling, moving, cancelling and holding a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.forms import (
    CancelForm,
    MeetingForm,
    MoveForm,
    WordsForm,
    meeting_values,
    told_versions,
)
from alliances.meetings.models import Body, Meeting
from alliances.meetings.permissions import bodies_run_by, can_run_meetings_of
from alliances.meetings.services import (
    call_meeting,
    cancel_meeting,
    discard_draft,
    edit_meeting,
    hold_meeting,
    move_meeting,
    places_in,
    prepare_meeting,
)
from alliances.meetings.views.finding import meeting_to_run, says_when_not_now, warnings_about
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import london_day, spoken_day, spoken_moment
from partnership.toolkit.versions import ChangedSince


def meeting_new(request: PersonRequest) -> HttpResponse:
    """A draft for one of the groups that she runs; which one is asked first."""
    now = timezone.now()
    today = timezone.localdate(now)
    asked = request.GET.get("body", "")
    if not asked:
        bodies = bodies_run_by(request.user, today).order_by("alliance__name", "name", "pk")
        require(bodies.exists(), "Meetings are called by an alliance’s office and groups’ leads.")
        return render(request, "meetings/meeting_new_where.html", {"bodies": bodies})
    visible = Body.objects.visible_to(request.user, on=today).select_related("alliance")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 18  # noqa: PLR2004 digits of a key
    body = get_object_or_404(visible, pk=asked if is_number else 0)
    require(can_run_meetings_of(request.user, body, today))
    form = MeetingForm(request.POST if request.method == "POST" else None, on=today)
    if form.is_valid():
        meeting = prepare_meeting(body=body, **form.changes, by=request.user, now=now)
        if "call" in request.POST:
            return redirect("meetings:meeting_call", pk=meeting.pk)
        messages.success(request, "Draft kept. Add the agenda, then call the meeting.")
        return redirect(meeting)
    return render(request, "meetings/meeting_form.html", {"form": form, "body": body})


def _show_both(form: Any, changed: ChangedSince) -> None:
    """Keep what was typed, show what the other saved, and let the next save win knowingly."""
    current: Any = changed.current
    form.data = form.data.copy()
    form.data["seen_version"] = str(current.version)
    form.theirs = told_versions(form, meeting_values(current))
    form.add_error(
        None, "Somebody else saved this meanwhile. Compare both versions, then save again."
    )


@says_when_not_now
def meeting_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft's details; of a called meeting what isn't its time or place, since that is moved."""
    now = timezone.now()
    meeting = meeting_to_run(request, pk)
    kind = MeetingForm if meeting.state == Meeting.State.DRAFT else WordsForm
    typed = request.POST if request.method == "POST" else None
    form = kind(typed, meeting=meeting, on=timezone.localdate(now))
    if form.is_valid():
        try:
            edit_meeting(
                meeting=meeting,
                changes=form.changes,
                seen_version=form.cleaned_data["seen_version"],
                by=request.user,
                now=now,
            )
        except ChangedSince as changed:
            _show_both(form, changed)
        else:
            messages.success(request, "Meeting saved.")
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "body": meeting.body}
    return render(request, "meetings/meeting_form.html", context)


@says_when_not_now
def meeting_call(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, with what speaks against the day, and calls it."""
    meeting = meeting_to_run(request, pk)
    if request.method == "POST":
        called = call_meeting(meeting=meeting, by=request.user, now=timezone.now())
        count = called.replies.values("person").distinct().count()
        messages.success(request, f"Meeting called. {_people(count)} asked.")
        return redirect(meeting)
    asked = places_in(meeting.body, on=london_day(meeting.starts_at))
    context = {
        "meeting": meeting,
        "warnings": warnings_about(request, meeting),
        "asked_words": _people(len({person_id for person_id, _school in asked})),
    }
    return render(request, "meetings/meeting_call.html", context)


def _people(count: int) -> str:
    return "One person is" if count == 1 else f"{count} people are"


@says_when_not_now
def meeting_move(request: PersonRequest, pk: int) -> HttpResponse:
    """Another time or place, once she has seen what speaks against the new day."""
    now = timezone.now()
    meeting = meeting_to_run(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = MoveForm(typed, meeting=meeting, on=timezone.localdate(now))
    against: list[str] = []
    if form.is_valid():
        wished = Meeting(pk=meeting.pk, body=meeting.body, state=meeting.state)
        wished.starts_at, wished.ends_at = form.starts_at, form.ends_at
        against = warnings_about(request, wished)
        if not against or request.POST.get("warned") == form.starts_at.isoformat():
            try:
                moved = move_meeting(meeting=meeting, **form.changes, by=request.user, now=now)
            except ChangedSince as changed:
                _show_both(form, changed)
            else:
                messages.success(request, _moved_words(meeting, moved))
                return redirect(meeting)
    context = {"form": form, "meeting": meeting, "warnings": against}
    return render(request, "meetings/meeting_move.html", context)


def _moved_words(before: Meeting, after: Meeting) -> str:
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        return f"Meeting moved to {spoken_moment(after.starts_at)}. Everybody is asked afresh."
    if before.sequence != after.sequence:
        return "The meeting has another place. Everybody asked is told."
    return "Nothing was changed."


@says_when_not_now
def meeting_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and cancels it."""
    meeting = meeting_to_run(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        cancel_meeting(meeting=meeting, because=because, by=request.user, now=timezone.now())
        day = spoken_day(meeting.starts_at)
        messages.success(request, f"Meeting of {day} cancelled. Everybody asked is told.")
        return redirect(meeting)
    return render(request, "meetings/meeting_cancel.html", {"form": form, "meeting": meeting})


@require_POST
@says_when_not_now
def meeting_hold(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it took place."""
    meeting = meeting_to_run(request, pk)
    hold_meeting(meeting=meeting, by=request.user, now=timezone.now())
    messages.success(request, "The meeting stands as held.")
    return redirect(meeting)


@says_when_not_now
def meeting_discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and throws a draft away."""
    meeting = meeting_to_run(request, pk)
    if request.method == "POST":
        discard_draft(meeting=meeting, by=request.user, now=timezone.now())
        messages.success(request, "The draft is gone.")
        return redirect("meetings:meeting_list")
    return render(request, "meetings/meeting_discard.html", {"meeting": meeting})
