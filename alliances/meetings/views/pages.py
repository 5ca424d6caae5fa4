"""A meeting's page: what it is about, who comes, and what to read beforehand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.clashes import warnings_of
from alliances.meetings.models import AgendaItem, Meeting, MeetingReply
from alliances.meetings.permissions import (
    can_answer,
    can_edit_agenda,
    can_read_reasons,
    can_run_meetings_of,
)
from alliances.meetings.views.finding import meeting_for
from partnership.audit.history import history_of
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.spoken_dates import spoken_clock

ANSWER_WORDS = {"yes": "yes", "maybe": "maybe", "no": "no", "": "not answered"}


@dataclass(frozen=True)
class AgendaLine:
    """An item with the time it begins at, and whether its paper is still missing."""

    item: AgendaItem
    begins: str
    papers: list[Any]
    can_add_paper: bool

    @property
    def misses_paper(self) -> bool:
        """Whether a paper was asked for and isn't there."""
        return self.item.paper_due_at is not None and not self.papers


@dataclass(frozen=True)
class Agenda:
    """The items of a meeting, and how far they fill it."""

    lines: list[AgendaLine]
    allotted: int
    length: int

    @property
    def left(self) -> int:
        """Minutes that no item has; negative when there are too many."""
        return self.length - self.allotted

    @property
    def percent(self) -> int:
        """How full it is, 100 at most."""
        return min(100, self.allotted * 100 // self.length) if self.length else 0


def agenda_of(meeting: Meeting, person: Person, *, is_open: bool, may_run: bool) -> Agenda:
    """The agenda in its order, in two queries."""
    items = list(
        meeting.items.select_related("presenter").prefetch_related("papers").order_by("position")
    )
    begins, lines = meeting.starts_at, []
    for item in items:
        papers = sorted(item.papers.all(), key=lambda paper: (paper.added_at, paper.pk))
        may_add = is_open and (may_run or item.presenter_id == person.pk)
        lines.append(AgendaLine(item, spoken_clock(begins), papers, may_add))
        begins += timedelta(minutes=item.minutes)
    length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return Agenda(lines, sum(item.minutes for item in items), length)


def _counts(replies: list[MeetingReply]) -> str:
    counted = Counter(reply.answer for reply in replies)
    return " · ".join(f"{counted[key]} {words}" for key, words in ANSWER_WORDS.items())


def _warnings(meeting: Meeting, *, may_run: bool, now: datetime) -> list[str]:
    is_coming = meeting.state in {Meeting.State.DRAFT, Meeting.State.CALLED}
    if not (may_run and is_coming and meeting.ends_at > now):
        return []
    return warnings_of(
        body=meeting.body, starts_at=meeting.starts_at, ends_at=meeting.ends_at, meeting=meeting
    )


@require_safe
def meeting_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What she may read of a meeting, and her answer on top."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_for(request, pk)
    replies = list(
        meeting.replies.filter(ended_at=None).select_related("person", "school").by_name()  # type: ignore[attr-defined]  # our queryset
    )
    for reply in replies:
        reply.meeting = meeting
    may_run = can_run_meetings_of(request.user, meeting.body, today)
    is_open = meeting.state in {Meeting.State.DRAFT, Meeting.State.CALLED}
    context = {
        "meeting": meeting,
        "agenda": agenda_of(meeting, request.user, is_open=is_open, may_run=may_run),
        "replies": replies,
        "counts": _counts(replies),
        "own_replies": [reply for reply in replies if can_answer(request.user, reply, now)],
        "can_run": may_run,
        "can_edit_agenda": may_run and can_edit_agenda(request.user, meeting, today),
        "can_read_reasons": can_read_reasons(request.user, meeting, today),
        "warnings": _warnings(meeting, may_run=may_run, now=now),
        "history": history_of(meeting) if may_run else [],
        "is_over": meeting.ends_at <= now,
        "has_begun": meeting.starts_at <= now,
    }
    return render(request, "meetings/meeting_detail.html", context)
