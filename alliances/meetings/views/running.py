"""Preparing, calling, moving, cancelling and holding a meeting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.clashes import Asked
from alliances.meetings.forms import (
    CancelForm,
    MeetingForm,
    MoveForm,
    WordsForm,
    meeting_values,
    told_versions,
)
from alliances.meetings.models import Body, Meeting
from alliances.meetings.permissions import (
    bodies_run_by,
    can_call_meetings_of,
    can_run_meetings_of,
)
from alliances.meetings.services import (
    call_meeting,
    cancel_meeting,
    discard_draft,
    edit_meeting,
    hold_meeting,
    move_meeting,
    note_not_held,
    places_in,
    prepare_meeting,
)
from alliances.meetings.views.days import (
    DayLook,
    chosen_day,
    look_at,
    look_at_form,
    typed_in,
    wants_look,
)
from alliances.meetings.views.finding import (
    may_call,
    may_run,
    meeting_for,
    meeting_to_call,
    meeting_to_run,
    says_when_not_now,
)
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
    return _prepare(request, body, now=now)


def _prepare(request: PersonRequest, body: Body, *, now: datetime) -> HttpResponse:
    today = timezone.localdate(now)
    form = MeetingForm(typed_in(request), on=today, body=body)
    if form.is_valid() and not wants_look(request):
        meeting = prepare_meeting(body=body, **form.changes, by=request.user, now=now)
        if "call" in request.POST:
            return redirect("meetings:meeting_call", pk=meeting.pk)
        messages.success(request, "Draft kept. Add the agenda, then call the meeting.")
        return redirect(meeting)
    look = look_at_form(request, form, body, today=today) if wants_look(request) else None
    context = {"form": form, "body": body, "look": look, "can_look": True}
    context["can_call"] = can_call_meetings_of(request.user, body, today)
    return render(request, "meetings/meeting_form.html", context)


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
    form = _edit_form(request, meeting, on=timezone.localdate(now))
    if form.is_valid() and not wants_look(request):
        told = {"changes": form.changes, "seen_version": form.cleaned_data["seen_version"]}
        try:
            edit_meeting(meeting=meeting, **told, by=request.user, now=now)
        except ChangedSince as changed:
            _show_both(form, changed)
        else:
            messages.success(request, "Meeting saved.")
            return redirect(meeting)
    can_look = isinstance(form, MeetingForm)
    look = _look(request, form, meeting, today=timezone.localdate(now)) if can_look else None
    told = {"look": look, "can_look": can_look, "can_call": False}
    context = {"form": form, "meeting": meeting, "body": meeting.body, **told}
    return render(request, "meetings/meeting_form.html", context)


def _edit_form(request: PersonRequest, meeting: Meeting, *, on: date) -> MeetingForm | WordsForm:
    """All of a draft; beginning with another day where the address gives one."""
    if meeting.state != Meeting.State.DRAFT:
        typed = request.POST if request.method == "POST" else None
        return WordsForm(typed, meeting=meeting, on=on)
    return MeetingForm(
        typed_in(request), meeting=meeting, body=meeting.body, on=on, initial=_wished(request)
    )


def _wished(request: PersonRequest) -> dict[str, Any]:
    day = chosen_day(request.GET.get("day", ""))
    return {"day": day} if day else {}


def _look(request: PersonRequest, form: Any, meeting: Meeting, *, today: date) -> DayLook | None:
    """The day that was typed, or that the draft has, if it is asked to be looked at."""
    if not wants_look(request):
        return None
    if request.method == "POST":
        return look_at_form(request, form, meeting.body, today=today, meeting=meeting)
    return look_at(request, meeting, today=today)


@says_when_not_now
def meeting_call(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, with what speaks against the day and which days are free, and calls it."""
    now = timezone.now()
    meeting = meeting_to_call(request, pk)
    if request.method == "POST":
        called = call_meeting(meeting=meeting, by=request.user, now=now)
        count = called.replies.values("person").distinct().count()
        messages.success(request, f"Meeting called. {_people(count)} asked.")
        return redirect(meeting)
    places = places_in(meeting.body, on=london_day(meeting.starts_at))
    look = look_at(request, meeting, today=timezone.localdate(now), asked=Asked.of(places))
    context = {
        "meeting": meeting,
        "look": look,
        "asked_words": _people(len({person_id for person_id, _school in places})),
    }
    return render(request, "meetings/meeting_call.html", context)


def _people(count: int) -> str:
    return "One person is" if count == 1 else f"{count} people are"


@says_when_not_now
def meeting_move(request: PersonRequest, pk: int) -> HttpResponse:
    """Another time or place, once she has seen what speaks against the new day."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_to_call(request, pk)
    form = MoveForm(typed_in(request), meeting=meeting, on=today, initial=_wished(request))
    look = None
    if form.is_valid() or wants_look(request):
        look = look_at_form(request, form, meeting.body, today=today, meeting=meeting)
    if form.is_valid() and look is not None and _is_settled(request, form, look):
        try:
            moved = move_meeting(meeting=meeting, **form.changes, by=request.user, now=now)
        except ChangedSince as changed:
            _show_both(form, changed)
        else:
            messages.success(request, _moved_words(meeting, moved))
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "look": look}
    return render(request, "meetings/meeting_move.html", context)


def _is_settled(request: PersonRequest, form: MoveForm, look: DayLook) -> bool:
    """Whether nothing speaks against the day, or she has seen what does."""
    has_seen = request.POST.get("warned") == form.starts_at.isoformat()
    return not wants_look(request) and (not look.warnings or has_seen)


def _moved_words(before: Meeting, after: Meeting) -> str:
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        return f"Meeting moved to {spoken_moment(after.starts_at)}. Everybody is asked afresh."
    if before.sequence != after.sequence:
        return "The meeting has another place. Everybody asked is told."
    return "Nothing was changed."


@says_when_not_now
def meeting_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and cancels it; once its time is over, it never took place."""
    now = timezone.now()
    meeting = meeting_for(request, pk)
    is_over = meeting.ends_at <= now
    (may_run if is_over else may_call)(request, meeting)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        service = note_not_held if is_over else cancel_meeting
        because = form.cleaned_data["because"]
        service(meeting=meeting, because=because, by=request.user, now=now)
        happened = "did not take place" if is_over else "cancelled"
        day = spoken_day(meeting.starts_at)
        messages.success(request, f"Meeting of {day} {happened}. Everybody asked is told.")
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "is_over": is_over}
    return render(request, "meetings/meeting_cancel.html", context)


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
