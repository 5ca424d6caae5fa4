"""A meeting is called, moved and cancelled; everybody asked is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from alliances.meetings.models import Meeting
from alliances.meetings.services.asking import (
    ask_again,
    settle_places,
    tell_asked,
    those_asked,
    times_of,
)
from alliances.meetings.services.preparing import default_answer_by
from alliances.meetings.services.publishing import agenda_facts, default_agenda_due_at
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes

State = Meeting.State


@transaction.atomic
def call_meeting(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """Ask everybody who holds a seat on its day, and tell them."""
    meeting = locked(meeting, State.DRAFT, sentence="This meeting has been called already.")
    if meeting.starts_at <= now:
        raise NotNow("This meeting would begin in the past. Change its day first.")
    if not meeting.place and not meeting.link:
        raise NotNow("Say first where you meet: a place, or a link to join.")
    answer_by = meeting.answer_by
    if answer_by is None or not now < answer_by <= meeting.starts_at:
        answer_by = default_answer_by(meeting.starts_at, now=now)
    asked = settle_places(meeting, by=by, now=now)
    if not asked:
        raise NotNow("Nobody has a seat in this group on that day, so there is nobody to ask.")
    facts = {
        "state": State.CALLED,
        "called_by": by,
        "called_at": now,
        "answer_by": answer_by,
        "minute_taker": meeting.minute_taker or meeting.body.minute_taker,
    }
    apply_changes(meeting, facts | agenda_facts(meeting, now=now))
    _recorded("meeting called", meeting, by=by, now=now, values={"asked": len(asked)})
    tell_asked(meeting, "meetings.called", asked, now=now, **times_of(meeting))
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    link: str = "",
    seen_version: int | None = None,
    by: Person,
    now: datetime,
) -> Meeting:
    """Another time or place. Another time asks everybody afresh, and earlier links die."""
    meeting = locked(
        meeting,
        State.CALLED,
        sentence="Only a called meeting can be moved.",
        seen_version=seen_version,
    )
    if meeting.ends_at <= now:
        raise NotNow("This meeting is over, so it can’t be moved any more.")
    if starts_at <= now:
        raise NotNow("This meeting would begin in the past. Choose a later day.")
    was_at, was_until = meeting.starts_at, meeting.ends_at
    where = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "link": link}
    changed = apply_changes(meeting, where)
    if not changed:
        return meeting
    facts = {"moved_at": now, "sequence": meeting.sequence + 1}
    is_another_time = bool({"starts_at", "ends_at"} & set(changed))
    if is_another_time:
        facts |= {"was_at": was_at, "answer_by": default_answer_by(starts_at, now=now)}
        if meeting.agenda_published_at is None:
            facts |= {"agenda_due_at": default_agenda_due_at(starts_at, now=now)}
    apply_changes(meeting, facts)
    values = {"from": was_at.isoformat(), "to": starts_at.isoformat()}
    _recorded("meeting moved", meeting, by=by, now=now, fields=changed, values=values)
    if is_another_time:
        _ask_afresh(meeting, was_at=was_at, was_until=was_until, by=by, now=now)
    else:
        told = those_asked(meeting, besides={by.pk})
        tell_asked(meeting, "meetings.moved", told, now=now, sequence=meeting.sequence)
    return meeting


def _ask_afresh(
    meeting: Meeting, *, was_at: datetime, was_until: datetime, by: Person, now: datetime
) -> None:
    """Forget the answers, and ask those who hold a seat on the new day."""
    ask_again(meeting.replies.filter(ended_at=None).values_list("pk", flat=True), now=now)
    newly = settle_places(meeting, by=by, now=now)
    told = those_asked(meeting, besides={*newly, by.pk})
    was = {"was_at": was_at.isoformat(), "was_until": was_until.isoformat()}
    tell_asked(meeting, "meetings.moved", told, now=now, **times_of(meeting), **was)
    tell_asked(meeting, "meetings.called", newly, now=now, **times_of(meeting))


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, by: Person, now: datetime) -> Meeting:
    """Cancel it, and tell all who were asked, whatever they answered."""
    meeting = locked(meeting, State.CALLED, sentence="Only a called meeting can be cancelled.")
    if meeting.ends_at <= now:
        raise NotNow("This meeting is over, so it can’t be cancelled any more.")
    facts = {
        "state": State.CANCELLED,
        "cancelled_at": now,
        "cancelled_because": because,
        "sequence": meeting.sequence + 1,
    }
    apply_changes(meeting, facts)
    _recorded("meeting cancelled", meeting, by=by, now=now)
    tell_asked(meeting, "meetings.cancelled", those_asked(meeting, besides={by.pk}), now=now)
    return meeting


def _recorded(
    action: str,
    meeting: Meeting,
    *,
    by: Person,
    now: datetime,
    fields: list[str] | None = None,
    values: Mapping[str, object] | None = None,
) -> None:
    record(
        action,
        meeting,
        by=by,
        at=now,
        fields=["state"] if fields is None else fields,
        values=values,
        alliance_id=meeting.body.alliance_id,
    )
