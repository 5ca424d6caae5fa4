"""The register, quick on a telephone, and asking again those who have not answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.attendance import guests_of, presence_of, replies_of
from alliances.meetings.forms import RegisterForm
from alliances.meetings.models import Meeting
from alliances.meetings.permissions import can_take_register
from alliances.meetings.services import chase_silent, opens_at, take_register
from alliances.meetings.views.finding import meeting_for, meeting_to_run, says_when_not_now
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require

State = Meeting.State
WHO = "The register is taken by the minute taker, the chair and those who run the meeting."
SAID = {
    "begin": "The meeting has begun.",
    "end": "The meeting stands as held. Its minutes come next.",
    "hold": "The meeting stands as held. Its minutes come next.",
}


@says_when_not_now
def meeting_register(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is here: each line for itself where there is a script, else all at once."""
    now = timezone.now()
    meeting = meeting_for(request, pk)
    require(can_take_register(request.user, meeting, timezone.localdate(now)), WHO)
    replies = replies_of(meeting, request.user, on=timezone.localdate(now))
    form = RegisterForm(request.POST if request.method == "POST" else None, replies=replies)
    if form.is_valid():
        then = request.POST.get("then", "")
        then = then if then in SAID else ""
        kept = take_register(meeting=meeting, marks=form.marks, then=then, by=request.user, now=now)
        if request.headers.get("HX-Request"):
            return _lines_as_they_stand(request, meeting, form)
        messages.success(request, SAID.get(then, "Register saved."))
        return redirect(kept if then in {"end", "hold"} else request.path)
    return render(request, "meetings/register.html", _context(request, meeting, form, replies))


def _context(
    request: PersonRequest, meeting: Meeting, form: RegisterForm, replies: list[Any]
) -> dict[str, Any]:
    now = timezone.now()
    is_open = meeting.state != State.CALLED or now >= opens_at(meeting)
    return {
        "meeting": meeting,
        "form": form,
        "lines": form.lines,
        "guests": guests_of(meeting),
        "presence": presence_of(meeting, replies),
        "is_open": is_open,
        "opens_at": opens_at(meeting),
        "is_over": meeting.ends_at <= now,
        "saves_lines": meeting.state != State.CALLED,
    }


def _lines_as_they_stand(
    request: PersonRequest, meeting: Meeting, form: RegisterForm
) -> HttpResponse:
    """The lines that were sent, and whether it is quorate now."""
    replies = replies_of(meeting, request.user, on=timezone.localdate())
    sent = {line.reply.pk for line in form.posted}
    context = _context(request, meeting, RegisterForm(None, replies=replies), replies)
    context["lines"] = [line for line in context["lines"] if line.reply.pk in sent]
    return render(request, "meetings/includes/_register_answer.html", context)


@require_POST
@says_when_not_now
def meeting_chase(request: PersonRequest, pk: int) -> HttpResponse:
    """One mail to those who have not answered, at most once a day."""
    meeting = meeting_to_run(request, pk)
    count = chase_silent(meeting=meeting, by=request.user, now=timezone.now())
    if count:
        messages.success(request, f"{_people(count)} reminded.")
    else:
        messages.info(request, "Everybody who owes an answer was reminded today already.")
    return redirect(meeting)


def _people(count: int) -> str:
    return "One person is" if count == 1 else f"{count} people are"
