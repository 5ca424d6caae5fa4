"""A meeting's page: what it is about, who comes, and what to read beforehand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.models import AgendaItem, Meeting, MeetingReply, Paper
from alliances.meetings.permissions import (
    can_answer,
    can_read_reasons,
    can_run_meetings_of,
)
from alliances.meetings.views.finding import meeting_for, warnings_about
from alliances.membership.models import AlliancePost
from partnership.audit.history import History, history_of, wants_whole_history
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.spoken_dates import spoken_clock
from partnership.toolkit.statements import answer

REPLY_COLUMNS = (
    "meeting_id",
    "person_id",
    "school_id",
    "answer",
    "answered_at",
    "asked_at",
    "apologies",
    "asking",
    "ended_at",
    "person__name",
    "school__name",
)
ANSWER_WORDS = {"yes": "yes", "maybe": "maybe", "no": "no", "": "not answered"}


@dataclass(frozen=True)
class AgendaLine:
    """An item with the time it begins at, and whether its paper is still missing.

    Each of its papers stands beside whether the reader may take it away.
    """

    item: AgendaItem
    begins: str
    papers: list[tuple[Paper, bool]]
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


def _items(*, meeting: Meeting) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    return items.select_related("presenter").prefetch_related("papers")


def agenda_of(meeting: Meeting, person: Person, *, is_open: bool, may_run: bool) -> Agenda:
    """The agenda in its order, in two queries."""
    items = answer(_items, meeting=meeting)
    begins, lines = meeting.starts_at, []
    for item in items:
        kept = sorted(item.papers.all(), key=lambda paper: (paper.added_at, paper.pk))
        may_add = is_open and (may_run or item.presenter_id == person.pk)
        papers = [
            (paper, may_add and (may_run or paper.added_by_id == person.pk)) for paper in kept
        ]
        lines.append(AgendaLine(item, spoken_clock(begins), papers, may_add))
        begins += timedelta(minutes=item.minutes)
    return Agenda(lines, sum(item.minutes for item in items), meeting.minutes)


def _counts(replies: list[MeetingReply]) -> str:
    counted = Counter(reply.answer for reply in replies)
    return " · ".join(f"{counted[key]} {words}" for key, words in ANSWER_WORDS.items())


def _replies(
    *, meeting: Meeting, alliance: int, person: Person, on: date
) -> QuerySet[MeetingReply]:
    posts = AlliancePost.objects.on(on).filter(person=OuterRef("person"), alliance=alliance)
    for_heads = MeetingReply.objects.answered_for_heads(person, on=on).filter(pk=OuterRef("pk"))
    return (
        MeetingReply.objects.filter(meeting=meeting, ended_at=None)
        .select_related("person", "school")
        .annotate(
            post_kind=Subquery(posts.order_by("pk").values("kind")[:1]),
            is_for_head=Exists(for_heads),
        )
        .only(*REPLY_COLUMNS)
        .by_name()
    )


def replies_of(meeting: Meeting, person: Person, *, on: date) -> list[MeetingReply]:
    """Everybody asked, by name; `post` is what she is in the alliance, for who has no school."""
    alliance = meeting.body.alliance_id
    told = {"meeting": meeting, "alliance": alliance, "person": person, "on": on}
    replies: list[Any] = answer(_replies, **told)
    for reply in replies:
        reply.meeting = meeting
        reply.post = AlliancePost.Kind(reply.post_kind).label if reply.post_kind else ""
    return replies


def own_replies(
    replies: list[MeetingReply], person: Person, *, now: datetime
) -> list[MeetingReply]:
    """Hers, and those of heads who let her answer, as long as an answer counts."""
    hers = [each for each in replies if each.person_id == person.pk or is_for_head(each)]
    return [reply for reply in hers if can_answer(person, reply, now)]


def is_for_head(reply: Any) -> bool:
    """Whether the reader answers it for a head."""
    return bool(reply.is_for_head)


@require_safe
def meeting_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What she may read of a meeting, and her answer on top."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_for(request, pk)
    replies = replies_of(meeting, request.user, on=today)
    may_run = can_run_meetings_of(request.user, meeting.body, today)
    is_open = meeting.state in {Meeting.State.DRAFT, Meeting.State.CALLED}
    context = {
        "meeting": meeting,
        "agenda": agenda_of(meeting, request.user, is_open=is_open, may_run=may_run),
        "replies": replies,
        "counts": _counts(replies),
        "own_replies": own_replies(replies, request.user, now=now),
        "can_run": may_run,
        "can_edit_agenda": is_open and may_run,
        "can_read_reasons": can_read_reasons(request.user, meeting, today),
        "warnings": warnings_about(request, meeting)
        if may_run and meeting.state == "draft"
        else [],
        "history": history_of(meeting, whole=wants_whole_history(request.GET))
        if may_run
        else History(),
        "is_over": meeting.ends_at <= now,
    }
    return render(request, "meetings/meeting_detail.html", context)
