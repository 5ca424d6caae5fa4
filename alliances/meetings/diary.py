"""Meetings in a person's diary: those she is asked to, and those of bodies she runs or sits in."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from alliances.meetings.models import Meeting, MeetingReply
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DiaryEntry, DiaryKind, DiaryWindow, diary_rows


def _meetings(window: DiaryWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    own = MeetingReply.objects.filter(meeting=OuterRef("pk"), person=person, ended_at=None)
    answer = own.order_by("answered_at").annotate(
        said=Case(
            When(answer="", then=Value("none")), default=F("answer"), output_field=CharField()
        )
    )
    meetings = (
        Meeting.objects.takes_part(
            person,
            on=window.on,
            starts_from=window.starts_from,
            starts_until=window.starts_until,
        )
        .filter(state__in=[Meeting.State.CALLED, Meeting.State.HELD])
        .annotate(own_answer=Coalesce(Subquery(answer.values("said")[:1]), Value("")))
    )
    return diary_rows(
        meetings,
        window,
        kind="meetings.meeting",
        title="title",
        starts_at="starts_at",
        ends_at="ends_at",
        place="place",
        state="state",
        alliance="body__alliance",
        reply="own_answer",
    )


def _url(entry: DiaryEntry) -> str:
    return address("meetings:meeting_detail", entry.page)


DIARY = (DiaryKind("meetings.meeting", "Meeting", "meeting", _meetings, _url),)
