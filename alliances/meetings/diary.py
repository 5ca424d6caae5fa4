"""Meetings in a person's diary: those that concern her, or all of one body that she may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from alliances.meetings.models import Body, Meeting, MeetingReply
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import (
    DiaryEntry,
    DiaryKind,
    DiaryWindow,
    circle_rows,
    diary_rows,
)

KIND = "meetings.meeting"
SHOWN = (Meeting.State.CALLED, Meeting.State.IN_SESSION, Meeting.State.HELD)


def _meetings(window: DiaryWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    own = MeetingReply.objects.filter(meeting=OuterRef("pk"), person=person, ended_at=None)
    answer = own.order_by("answered_at").annotate(
        said=Case(
            When(answer="", then=Value("none")), default=F("answer"), output_field=CharField()
        )
    )
    states = (*SHOWN, Meeting.State.CANCELLED) if window.with_cancelled else SHOWN
    return diary_rows(
        _seen(person, window).filter(state__in=states),
        window,
        kind=KIND,
        title="title",
        starts_at="starts_at",
        ends_at="ends_at",
        version="version",
        changed_at=Greatest(
            Coalesce("called_at", "starts_at"),
            Coalesce("moved_at", "called_at", "starts_at"),
            Coalesce("retitled_at", "called_at", "starts_at"),
            Coalesce("cancelled_at", "called_at", "starts_at"),
        ),
        place="place",
        state="state",
        alliance="body__alliance",
        alliance_name="body__alliance__name",
        circle="body",
        circle_name="body__name",
        sequence="sequence",
        reply=Coalesce(Subquery(answer.values("said")[:1]), Value("")),
    )


def _seen(person: Any, window: DiaryWindow) -> QuerySet[Meeting]:
    if window.circle_id is not None:
        visible = Meeting.objects.visible_to(person, on=window.on)
        return visible.filter(body=window.circle_id)
    return Meeting.objects.takes_part(
        person, on=window.on, starts_from=window.starts_from, starts_until=window.starts_until
    )


def _bodies(person: Any, on: date) -> QuerySet[Any, Any]:
    bodies = Body.objects.visible_to(person, on=on).filter(closed_on=None)
    return circle_rows(bodies, name="name", alliance="alliance", alliance_name="alliance__name")


def _url(entry: DiaryEntry) -> str:
    return address("meetings:meeting_detail", entry.page)


DIARY = (DiaryKind(KIND, "Meeting", "meeting", _meetings, _url),)
CIRCLES = (_bodies,)
