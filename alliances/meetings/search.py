"""Meetings that words find, of those a person may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from alliances.meetings.models import Meeting
from partnership.people.models import Person
from partnership.toolkit.registers import SearchKind, search_rows


def _meetings(person: Person, words: str) -> QuerySet[Any, Any]:
    return search_rows(
        Meeting.objects.visible_to(person, on=timezone.localdate()).matching(words),
        kind="meetings.meeting",
        title="title",
        line="body__name",
        rank=Value(30),
    )


SEARCH = (
    SearchKind(
        "meetings.meeting",
        "Meeting",
        _meetings,
        lambda found: reverse("meetings:meeting_detail", args=[found.page]),
    ),
)
