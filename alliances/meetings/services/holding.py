"""A meeting begins, ends, or simply took place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alliances.meetings.models import Meeting
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.calendar.days import school_days_after
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes

State = Meeting.State
OPENS_BEFORE = timedelta(minutes=30)
MINUTES_SCHOOL_DAYS_AFTER = 5


def opens_at(meeting: Meeting) -> datetime:
    """From when on it can begin."""
    return meeting.starts_at - OPENS_BEFORE


@transaction.atomic
def begin_meeting(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """It is in session, from half an hour before it was to start."""
    meeting = locked(meeting, State.CALLED, sentence="Only a called meeting can begin.")
    if now < opens_at(meeting):
        raise NotNow("A meeting can begin from half an hour before its start.")
    return _moved_on(
        meeting, "meeting begun", {"state": State.IN_SESSION, "began_at": now}, by, now
    )


@transaction.atomic
def end_meeting(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """It is over: its minutes are due five school days later."""
    sentence = "Only a meeting that has begun can end."
    meeting = locked(meeting, State.IN_SESSION, sentence=sentence)
    return _held(meeting, by, now)


@transaction.atomic
def hold_meeting(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """Say that it took place, whoever was there."""
    sentence = "Only a called meeting can have been held."
    meeting = locked(meeting, *Meeting.LIVE_STATES, sentence=sentence)
    if meeting.ends_at > now:
        raise NotNow("This meeting is not over yet.")
    return _held(meeting, by, now)


def _held(meeting: Meeting, by: Person, now: datetime) -> Meeting:
    facts = {
        "state": State.HELD,
        "held_at": now,
        "minutes_due_at": school_days_after(now, MINUTES_SCHOOL_DAYS_AFTER),
    }
    return _moved_on(meeting, "meeting held", facts, by, now)


def _moved_on(
    meeting: Meeting, action: str, facts: dict[str, Any], by: Person, now: datetime
) -> Meeting:
    apply_changes(meeting, facts)
    alliance_id = meeting.body.alliance_id
    record(action, meeting, by=by, at=now, fields=["state"], alliance_id=alliance_id)
    return meeting
