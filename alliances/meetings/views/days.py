"""Looking at a meeting’s day before it is saved: what speaks against it, and which days are free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from alliances.meetings.clashes import Asked
from alliances.meetings.models import Body, Meeting
from alliances.meetings.planner import free_days
from alliances.meetings.views.finding import asked_to, warnings_about
from partnership.people.requests import PersonRequest
from partnership.toolkit.spoken_dates import london_day


@dataclass(frozen=True)
class DayLook:
    """What speaks against a day, and the next ones against which nothing does."""

    day: date
    warnings: list[str]
    free: list[date]


def typed_in(request: PersonRequest) -> QueryDict | None:
    """What was typed; with another day where one of the free ones was chosen."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    if chosen := chosen_day(typed.get("on_day", "")):
        typed["day"] = chosen.isoformat()
    return typed


def chosen_day(text: str) -> date | None:
    """A day as an address or a button gives it; nonsense is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def wants_look(request: PersonRequest) -> bool:
    """Whether the page is asked to look at the day, and to save nothing."""
    if request.method == "POST":
        return not {"look", "on_day"}.isdisjoint(request.POST)
    return "look" in request.GET


def look_at(
    request: PersonRequest, meeting: Meeting, *, today: date, asked: Asked | None = None
) -> DayLook:
    """The day of a meeting, for those who are asked to it or would be.

    Free days are looked for where something speaks against it, or where she wants to know.
    """
    asked = asked_to(meeting) if asked is None else asked
    warnings = warnings_about(request, meeting, asked)
    free: list[date] = []
    if warnings or wants_look(request):
        span = (meeting.starts_at, meeting.ends_at)
        free = free_days(span=span, asked=asked, today=today, besides=meeting)
    return DayLook(london_day(meeting.starts_at), warnings, free)


def look_at_form(
    request: PersonRequest, form: Any, body: Body, *, today: date, meeting: Meeting | None = None
) -> DayLook | None:
    """The day that was typed, once it makes sense."""
    if not form.has_times:
        return None
    wished = Meeting(body=body, starts_at=form.starts_at, ends_at=form.ends_at)
    if meeting is not None:
        wished.pk, wished.state = meeting.pk, meeting.state
    return look_at(request, wished, today=today)
