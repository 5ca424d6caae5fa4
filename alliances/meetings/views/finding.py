"""Loading a meeting for somebody: the first of the two questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from alliances.meetings.clashes import Asked, warnings_of
from alliances.meetings.models import AgendaItem, Body, Meeting
from alliances.meetings.permissions import (
    can_call_meetings_of,
    can_edit_agenda,
    can_run_meetings_of,
)
from alliances.meetings.services import NotNow, places_in
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer

View = Callable[..., HttpResponse]


def says_when_not_now(view: View) -> View:
    """Where the meeting's state forbids it by now, its page says so in a sentence."""

    @wraps(view)
    def wrapped(request: PersonRequest, pk: int, **rest: Any) -> HttpResponse:
        try:
            return view(request, pk, **rest)
        except NotNow as reason:
            messages.error(request, str(reason))
            return redirect("meetings:meeting_detail", pk=pk)

    return wrapped


def meeting_for(request: PersonRequest, pk: int) -> Meeting:
    """A meeting that she may see, or 404."""
    told = {"person": request.user, "on": timezone.localdate(), "pk": pk}
    meeting: Meeting = found(answer(_visible_meeting, **told))
    return meeting


def _visible_meeting(*, person: Person, on: date, pk: int) -> QuerySet[Meeting]:
    meetings = Meeting.objects.visible_to(person, on=on).filter(pk=pk)
    return meetings.select_related("body__alliance", "called_by", "chair", "minute_taker")


def meeting_to_run(request: PersonRequest, pk: int) -> Meeting:
    """A meeting that she may prepare, or 404 or 403."""
    meeting = meeting_for(request, pk)
    may_run(request, meeting)
    return meeting


def may_run(request: PersonRequest, meeting: Meeting) -> None:
    """Stop who doesn't prepare the meetings of its body."""
    require(
        can_run_meetings_of(request.user, meeting.body, timezone.localdate()),
        "This is done by the alliance’s office and by whoever leads the group.",
    )


def meeting_to_call(request: PersonRequest, pk: int) -> Meeting:
    """A meeting that she may call, move and cancel, or 404 or 403."""
    meeting = meeting_for(request, pk)
    may_call(request, meeting)
    return meeting


def may_call(request: PersonRequest, meeting: Meeting) -> None:
    """Stop who doesn't call the meetings of its body, and say who does."""
    may = can_call_meetings_of(request.user, meeting.body, timezone.localdate())
    require(may, who_calls(meeting.body))


def who_calls(body: Body) -> str:
    """Who calls a body’s meetings, for whoever may not."""
    posts = body.calling_words
    also = f", and by the alliance’s {posts}" if posts else ""
    return f"Meetings of {body} are called, moved and cancelled by its chair or lead{also}."


def meeting_with_open_agenda(request: PersonRequest, pk: int) -> Meeting:
    """A meeting whose agenda she may change."""
    meeting = meeting_for(request, pk)
    require(
        can_edit_agenda(request.user, meeting, timezone.localdate()),
        "The agenda is changed by those who run the meeting, until it has been held.",
    )
    return meeting


def body_for(request: PersonRequest, pk: int) -> Body:
    """A body that she may see, or 404."""
    told = {"person": request.user, "on": timezone.localdate(), "pk": pk}
    body: Body = found(answer(_visible_body, **told))
    return body


def _visible_body(*, person: Person, on: date, pk: int) -> QuerySet[Body]:
    bodies = Body.objects.visible_to(person, on=on).filter(pk=pk)
    return bodies.select_related("alliance", "lead", "deputy", "minute_taker")


def item_of(meeting: Meeting, item_pk: int) -> AgendaItem:
    """An item of the meeting's agenda."""
    item = get_object_or_404(meeting.items.select_related("presenter"), pk=item_pk)
    item.meeting = meeting
    return item


def asked_to(meeting: Meeting) -> Asked:
    """Who is asked to a meeting; of a draft, who would be on its day."""
    if meeting.state == Meeting.State.DRAFT:
        return Asked.of(places_in(meeting.body, on=london_day(meeting.starts_at)))
    replies = meeting.replies.filter(ended_at=None)
    return Asked.of(replies.values_list("person_id", "school_id"))


def warnings_about(
    request: PersonRequest, meeting: Meeting, asked: Asked | None = None
) -> list[str]:
    """What speaks against the day of a meeting for those who are asked, or would be."""
    return warnings_of(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        asked=asked_to(meeting) if asked is None else asked,
        reader=request.user,
        besides=meeting,
    )
