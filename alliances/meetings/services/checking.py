"""Minutes are given to the chair, sent back or checked, and approved by a later meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alliances.meetings.models import Meeting, MinuteDraft
from alliances.meetings.permissions import minute_writer_id, minutes_checker_id
from alliances.meetings.services.minuting import WRITTEN_IN
from alliances.meetings.services.states import NotNow
from partnership.audit.services import record
from partnership.calendar.days import school_days_after
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock

State = Meeting.State
MinutesState = Meeting.MinutesState
SCHOOL_DAYS_TO_CHECK = 5
SCHOOL_DAYS_TO_MEND = 2


@transaction.atomic
def give_to_chair(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """The minutes are written; whoever chaired is asked to check them within five school days."""
    meeting = _of_state(meeting, MinutesState.NONE, "The chair has these minutes already.")
    if not meeting.minuted.exclude(text="").exists() and not meeting.decisions.exists():
        raise NotNow("Nothing is minuted yet. Write at least one part first.")
    due_at = school_days_after(now, SCHOOL_DAYS_TO_CHECK)
    facts = {
        "minutes_state": MinutesState.DRAFTED,
        "minutes_drafted_at": now,
        "minutes_check_due_at": due_at,
        "minutes_sent_back_because": "",
    }
    apply_changes(meeting, facts)
    _recorded("minutes given to the chair", meeting, by=by, now=now)
    _tell("minutes_to_check", meeting, [minutes_checker_id(meeting)], by=by, now=now)
    return meeting


@transaction.atomic
def send_back_minutes(*, meeting: Meeting, because: str, by: Person, now: datetime) -> Meeting:
    """The chair asks for something to be put right, and says what."""
    meeting = _of_state(meeting, MinutesState.DRAFTED, "These minutes do not wait for a check.")
    facts = {
        "minutes_state": MinutesState.NONE,
        "minutes_drafted_at": None,
        "minutes_check_due_at": None,
        "minutes_sent_back_because": because,
        "minutes_due_at": school_days_after(now, SCHOOL_DAYS_TO_MEND),
    }
    apply_changes(meeting, facts)
    _recorded("minutes sent back", meeting, by=by, now=now)
    _tell("minutes_sent_back", meeting, [minute_writer_id(meeting)], by=by, now=now)
    return meeting


@transaction.atomic
def check_minutes(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """The minutes are right: everybody who was asked may read them and is told."""
    meeting = _of_state(meeting, MinutesState.DRAFTED, "These minutes do not wait for a check.")
    facts = {
        "minutes_state": MinutesState.CHECKED,
        "minutes_checked_at": now,
        "minutes_checked_by": by,
        "minutes_sent_back_because": "",
    }
    apply_changes(meeting, facts)
    _recorded("minutes checked", meeting, by=by, now=now)
    asked = meeting.replies.filter(ended_at=None).values_list("person_id", flat=True)
    _tell("minutes_published", meeting, asked, by=by, now=now)
    return meeting


@transaction.atomic
def approve_minutes(
    *, meeting: Meeting, approved_in: Meeting, by: Person, now: datetime
) -> Meeting:
    """A later meeting of the body approved them; from now on nothing in them changes."""
    meeting = _of_state(
        meeting, MinutesState.CHECKED, "Minutes are approved once the chair has checked them."
    )
    later = approved_in.body_id == meeting.body_id and approved_in.starts_at > meeting.starts_at
    if not later or approved_in.state not in WRITTEN_IN:
        raise NotNow(
            "Minutes are approved by a later meeting of the same group, once it has begun."
        )
    facts = {
        "minutes_state": MinutesState.APPROVED,
        "minutes_approved_at": now,
        "minutes_approved_in": approved_in,
    }
    apply_changes(meeting, facts)
    MinuteDraft.objects.filter(meeting=meeting).delete()
    _recorded("minutes approved", meeting, by=by, now=now)
    return meeting


def _of_state(meeting: Meeting, state: str, sentence: str) -> Meeting:
    current = lock(meeting)
    if current.state != State.HELD:
        raise NotNow("Say first that the meeting was held.")
    if current.minutes_state != state:
        raise NotNow(sentence)
    return current


def _recorded(words: str, meeting: Meeting, *, by: Person, now: datetime) -> None:
    alliance_id = meeting.body.alliance_id
    record(words, meeting, by=by, at=now, fields=["minutes_state"], alliance_id=alliance_id)


def _tell(
    kind: str, meeting: Meeting, recipients: Iterable[int | None], *, by: Person, now: datetime
) -> None:
    tell(
        recipients={person_id for person_id in recipients if person_id} - {by.pk},
        kind=f"meetings.{kind}",
        key=f"{kind.replace('_', '-')}:{meeting.pk}:{now:%Y-%m-%dT%H:%M:%S}",
        thing_id=meeting.pk,
        now=now,
        alliance_id=meeting.body.alliance_id,
    )
