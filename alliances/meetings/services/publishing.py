"""The agenda is published: with the call, or later to those who are asked already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alliances.meetings.models import Meeting
from alliances.meetings.services.asking import tell_asked, those_asked
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.calendar.days import school_days_before
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes

AGENDA_SCHOOL_DAYS_BEFORE = 5
SHORTEST_TIME_TO_WRITE = timedelta(hours=24)
ONCE_CALLED = "The agenda is published with the call, or after it."


def default_agenda_due_at(starts_at: datetime, *, now: datetime) -> datetime:
    """Five school days before the meeting at 5pm, or, when that has passed, as late as makes sense."""
    wished = school_days_before(starts_at, AGENDA_SCHOOL_DAYS_BEFORE)
    if wished >= now + SHORTEST_TIME_TO_WRITE:
        return wished
    return min(now + SHORTEST_TIME_TO_WRITE, starts_at)


def agenda_facts(meeting: Meeting, *, now: datetime) -> dict[str, Any]:
    """What a call says of the agenda: published if there is one, else when it comes."""
    if meeting.items.exists():
        return {"agenda_published_at": now}
    due = meeting.agenda_due_at
    if due is None or not now < due <= meeting.starts_at:
        due = default_agenda_due_at(meeting.starts_at, now=now)
    return {"agenda_due_at": due}


@transaction.atomic
def publish_agenda(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """Show the agenda to those who are asked, and tell them once."""
    meeting = locked(meeting, *Meeting.LIVE_STATES, sentence=ONCE_CALLED)
    if meeting.agenda_published_at is not None:
        raise NotNow("This agenda has been published already.")
    if not meeting.items.exists():
        raise NotNow("There is nothing on the agenda yet. Add an item first.")
    apply_changes(meeting, {"agenda_published_at": now})
    record(
        "agenda published",
        meeting,
        by=by,
        at=now,
        fields=["agenda_published_at"],
        alliance_id=meeting.body.alliance_id,
    )
    told = those_asked(meeting, besides=[by.pk])
    tell_asked(meeting, "meetings.agenda", told, now=now, sequence=meeting.sequence)
    return meeting
