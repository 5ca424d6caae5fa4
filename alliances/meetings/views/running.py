"""Preparing, calling, moving, cancelling and holding a meeting."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.clashes import warnings_of
from alliances.meetings.forms import (
    CancelForm,
    MeetingForm,
    MoveForm,
    WordsForm,
    meeting_values,
)
from alliances.meetings.models import Meeting
from alliances.meetings.permissions import bodies_run_by
from alliances.meetings.services import (
    NotNow,
    call_meeting,
    cancel_meeting,
    discard_draft,
    edit_meeting,
    hold_meeting,
    move_meeting,
    prepare_meeting,
)
from alliances.meetings.views.finding import meeting_to_run
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day, spoken_moment
from partnership.toolkit.versions import ChangedSince


def meeting_new(request: PersonRequest) -> HttpResponse:
    """A draft for one of the bodies that she runs; which one is asked first."""
    today = timezone.localdate()
    bodies = bodies_run_by(request.user, today)
    asked = request.GET.get("body", "")
    if not asked:
        require(bodies.exists(), "Meetings are called by an alliance’s office and bodies’ leads.")
        rows = bodies.order_by("alliance__name", "name", "pk")
        return render(request, "meetings/meeting_new_where.html", {"bodies": rows})
    body = get_object_or_404(bodies, pk=asked if asked.isascii() and asked.isdigit() else 0)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        meeting = prepare_meeting(body=body, **form.changes, by=request.user, now=timezone.now())
        messages.success(request, "Draft kept. Add the agenda, then call the meeting.")
        return redirect(meeting)
    return render(request, "meetings/meeting_form.html", {"form": form, "body": body})


def both_versions(form: forms.Form, changed: ChangedSince) -> None:
    """Keep what was typed, show what the other saved, and let the next save win knowingly."""
    current = changed.current
    assert isinstance(current, Meeting)  # noqa: S101 (a fact for the type checker)
    values = meeting_values(current)
    form.data = form.data.copy()  # type: ignore[misc]  # a QueryDict of the request is frozen
    form.data["seen_version"] = str(current.version)  # type: ignore[index]  # the copy isn't
    form.theirs = [  # type: ignore[attr-defined]  # read by the template alone
        (field.label, values[field.name]) for field in form.visible_fields()
    ]
    form.add_error(
        None, "Somebody else saved this meanwhile. Compare both versions, then save again."
    )


def meeting_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft's details; of a called meeting only its words, since its day is moved."""
    meeting = meeting_to_run(request, pk)
    kind = MeetingForm if meeting.state == Meeting.State.DRAFT else WordsForm
    form = kind(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        try:
            edit_meeting(
                meeting=meeting,
                changes=form.changes,
                seen_version=form.cleaned_data["seen_version"],
                by=request.user,
                now=timezone.now(),
            )
        except ChangedSince as changed:
            both_versions(form, changed)
        else:
            messages.success(request, "Meeting saved.")
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "body": meeting.body}
    return render(request, "meetings/meeting_form.html", context)


def meeting_call(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, with what speaks against the day, and calls it."""
    meeting = meeting_to_run(request, pk)
    if request.method == "POST":
        try:
            called = call_meeting(meeting=meeting, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.error(request, str(reason))
        else:
            count = called.replies.count()
            people = "person is" if count == 1 else "people are"
            messages.success(request, f"Meeting called. {count} {people} asked.")
        return redirect(meeting)
    against = warnings_of(
        body=meeting.body, starts_at=meeting.starts_at, ends_at=meeting.ends_at, meeting=meeting
    )
    return render(request, "meetings/meeting_call.html", {"meeting": meeting, "warnings": against})


def meeting_move(request: PersonRequest, pk: int) -> HttpResponse:
    """Another time or place; another time asks everybody afresh."""
    meeting = meeting_to_run(request, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        try:
            moved = move_meeting(
                meeting=meeting,
                starts_at=form.starts_at,
                ends_at=form.ends_at,
                place=form.cleaned_data["place"],
                link=form.cleaned_data["link"],
                seen_version=form.cleaned_data["seen_version"],
                by=request.user,
                now=timezone.now(),
            )
        except ChangedSince as changed:
            both_versions(form, changed)
        except NotNow as reason:
            form.add_error("day", str(reason))
        else:
            messages.success(request, _moved_words(meeting, moved))
            return redirect(meeting)
    return render(request, "meetings/meeting_move.html", {"form": form, "meeting": meeting})


def _moved_words(before: Meeting, after: Meeting) -> str:
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        return f"Meeting moved to {spoken_moment(after.starts_at)}. Everybody is asked afresh."
    if before.sequence != after.sequence:
        return "The meeting has another place. Everybody asked is told."
    return "Nothing was changed."


def meeting_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and cancels it."""
    meeting = meeting_to_run(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        try:
            cancel_meeting(meeting=meeting, because=because, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.error(request, str(reason))
        else:
            day = spoken_day(meeting.starts_at)
            messages.success(request, f"Meeting of {day} cancelled. Everybody asked is told.")
        return redirect(meeting)
    return render(request, "meetings/meeting_cancel.html", {"form": form, "meeting": meeting})


@require_POST
def meeting_hold(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it took place."""
    meeting = meeting_to_run(request, pk)
    try:
        hold_meeting(meeting=meeting, by=request.user, now=timezone.now())
    except NotNow as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The meeting stands as held.")
    return redirect(meeting)


def meeting_discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and throws a draft away."""
    meeting = meeting_to_run(request, pk)
    require(meeting.state == Meeting.State.DRAFT, "A called meeting is cancelled, not discarded.")
    if request.method == "POST":
        discard_draft(meeting=meeting, by=request.user, now=timezone.now())
        messages.success(request, "The draft is gone.")
        return redirect("meetings:meeting_list")
    return render(request, "meetings/meeting_discard.html", {"meeting": meeting})
