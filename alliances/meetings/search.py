"""Meetings that words find, of those a person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from alliances.meetings.models import Meeting
from partnership.people.models import Person
from partnership.toolkit.registers import SearchKind


def meetings_seen(person: Person, on: date) -> QuerySet[Meeting, Any]:
    """Meetings that she runs or takes part in."""
    return Meeting.objects.visible_to(person, on=on)


SEARCH = (
    SearchKind(
        key="meetings.meeting",
        words="Meetings",
        rows=meetings_seen,
        column="search_title",
        title="title",
        line="body__name",
        url=lambda found: reverse("meetings:meeting_detail", args=[found.page]),
    ),
)
