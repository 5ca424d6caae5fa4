"""A meeting's page: what it is about, who comes or came, and what to read beforehand."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.agenda import agenda_of
from alliances.meetings.attendance import forecast_of, guests_of, presence_of, replies_of
from alliances.meetings.models import Attendance, Meeting, MeetingReply
from alliances.meetings.permissions import (
    REASON_POSTS,
    Rights,
    can_answer,
    minute_rights,
    rights_in,
)
from alliances.meetings.services import opens_at
from alliances.meetings.views.finding import meeting_for, warnings_about
from alliances.meetings.views.proposals import proposals_of
from partnership.audit.history import History, history_of, wants_whole_history
from partnership.people.models import Person
from partnership.people.requests import PersonRequest

State = Meeting.State
ANSWER_WORDS = {
    "yes": "yes",
    "sends": "substitute",
    "maybe": "maybe",
    "no": "no",
    "": "not answered",
}


def _counts(replies: list[Any]) -> str:
    """7 yes · 1 substitute · 2 no · 5 not answered; what nobody said is left out."""
    sends = sum(bool(reply.substitute) for reply in replies)
    counted = Counter(reply.answer for reply in replies)
    counted["no"] -= sends
    counted["sends"] = sends
    words = ANSWER_WORDS | {"sends": "substitutes" if sends > 1 else "substitute"}
    return " · ".join(f"{counted[key]} {said}" for key, said in words.items() if counted[key])


def _came(replies: list[Any]) -> str:
    """9 present · 2 late · 2 substitutes · 1 apologies."""
    states = Attendance.State
    counted = Counter(reply.came for reply in replies)
    words = {state: state.label.lower() for state in states if counted[state]}
    if counted[states.SUBSTITUTE] > 1:
        words[states.SUBSTITUTE] += "s"
    return " · ".join(f"{counted[state]} {said}" for state, said in words.items())


def own_replies(replies: list[Any], person: Person, *, now: datetime) -> list[MeetingReply]:
    """Hers, and those of heads who let her answer, as long as an answer counts."""
    hers = [each for each in replies if each.person_id == person.pk or each.is_for_head]
    return [reply for reply in hers if can_answer(person, reply, now)]


@require_safe
def meeting_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What she may read of a meeting, and her answer on top."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_for(request, pk)
    rights = rights_in(request.user, meeting.body, today)
    minutes = minute_rights(request.user, meeting, today, runs=rights.may_run)
    replies = replies_of(meeting, request.user, on=today)
    context = {
        "meeting": meeting,
        "agenda": agenda_of(meeting, request.user, rights, on=today),
        "replies": replies,
        "own_replies": own_replies(replies, request.user, now=now),
        "can_read_reasons": _reads_reasons(request.user, meeting, rights),
        "is_over": meeting.ends_at <= now,
        "can_take_register": minutes.may_take_register,
        "is_near": now >= opens_at(meeting),
        "minute_rights": minutes,
    }
    context |= _who(meeting, replies) | _for_who_runs_it(request, meeting, rights, now=now)
    return render(request, "meetings/meeting_detail.html", context)


def _reads_reasons(person: Person, meeting: Meeting, rights: Rights) -> bool:
    """As `can_read_reasons` says, by the posts that are known already."""
    return person.pk == meeting.chair_id or not rights.posts.isdisjoint(REASON_POSTS)


def _who(meeting: Meeting, replies: list[Any]) -> dict[str, Any]:
    """Who comes and whether that is enough; once it has begun, who came."""
    has_begun = meeting.state in {State.IN_SESSION, State.HELD}
    if has_begun and meeting.register_taken_at is not None:
        return {
            "shows_register": True,
            "counts": _came(replies),
            "guests": guests_of(meeting),
            "presence": presence_of(meeting, replies),
            "forecast": None,
        }
    is_coming = meeting.state == State.CALLED
    return {
        "shows_register": False,
        "counts": _counts(replies),
        "guests": [],
        "presence": None,
        "forecast": forecast_of(meeting, replies) if is_coming else None,
    }


def _for_who_runs_it(
    request: PersonRequest, meeting: Meeting, rights: Rights, *, now: datetime
) -> dict[str, Any]:
    is_open = meeting.state in Meeting.OPEN_STATES and meeting.ends_at > now
    may_edit = rights.may_run and is_open
    is_ahead = meeting.state in {State.DRAFT, State.CALLED}
    needs_warning = rights.may_run and meeting.state == State.DRAFT
    return {
        "can_run": rights.may_run,
        "can_call": rights.may_call,
        "can_edit_agenda": may_edit,
        "moved": request.GET.get("moved", ""),
        "warnings": warnings_about(request, meeting) if needs_warning else [],
        "proposals": proposals_of(meeting.body, request.user, may_run=True)
        if may_edit and is_ahead
        else [],
        "history": history_of(meeting, whole=wants_whole_history(request.GET))
        if rights.may_run
        else History(),
    }
