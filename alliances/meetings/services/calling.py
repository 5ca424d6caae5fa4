"""A meeting is called, moved, cancelled, or never took place; everybody asked is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
    where = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "link": link}
    was = {name: getattr(meeting, name) for name in where}
    changed = apply_changes(meeting, where)
    if not changed:
        return meeting
    is_another_time = bool({"starts_at", "ends_at"} & set(changed))
    facts = {"moved_at": now, "sequence": meeting.sequence + 1}
    apply_changes(meeting, facts | (_new_days(meeting, was, now=now) if is_another_time else {}))
    values = {"from": was["starts_at"].isoformat(), "to": starts_at.isoformat()}
    _recorded("meeting moved", meeting, by=by, now=now, fields=changed, values=values)
    where_facts = {f"was_{name}": was[name] for name in ("place", "link") if name in changed}
    if is_another_time:
        _ask_afresh(meeting, was=was, facts=where_facts, by=by, now=now)
    else:
        told = those_asked(meeting, besides={by.pk})
        facts = {"sequence": meeting.sequence, **where_facts}
        tell_asked(meeting, "meetings.moved", told, now=now, **facts)
    return meeting


def _new_days(meeting: Meeting, was: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """What follows from another time: when answers, and an agenda that isn't there, are due."""
    days = {
        "was_at": was["starts_at"],
        "answer_by": default_answer_by(meeting.starts_at, now=now),
    }
    if meeting.agenda_published_at is None:
        days["agenda_due_at"] = default_agenda_due_at(meeting.starts_at, now=now)
    return days


def _ask_afresh(
    meeting: Meeting,
    *,
    was: Mapping[str, Any],
    facts: Mapping[str, str],
    by: Person,
    now: datetime,
) -> None:
    """Forget the answers, and ask those who hold a seat on the new day."""
    ask_again(meeting.replies.filter(ended_at=None).values_list("pk", flat=True), now=now)
    newly = settle_places(meeting, by=by, now=now)
    told = those_asked(meeting, besides={*newly, by.pk})
    times = times_of(meeting)
    before = {"was_at": was["starts_at"].isoformat(), "was_until": was["ends_at"].isoformat()}
    tell_asked(meeting, "meetings.moved", told, now=now, **times, **before, **facts)
    tell_asked(meeting, "meetings.called", newly, now=now, **times)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, by: Person, now: datetime) -> Meeting:
    """Cancel it, and tell all who were asked, whatever they answered."""
    meeting = locked(meeting, State.CALLED, sentence="Only a called meeting can be cancelled.")
    if meeting.ends_at <= now:
        raise NotNow("This meeting is over, so it can’t be cancelled any more.")
    return _called_off(meeting, "meeting cancelled", "meetings.cancelled", because, by, now)


@transaction.atomic
def note_not_held(*, meeting: Meeting, because: str, by: Person, now: datetime) -> Meeting:
    """Once its time is over: say that it never took place, and tell those who were asked once."""
    meeting = locked(meeting, State.CALLED, sentence="Only a called meeting can have been missed.")
    if meeting.ends_at > now:
        raise NotNow("This meeting is not over yet. Cancel it instead.")
    return _called_off(meeting, "meeting not held", "meetings.missed", because, by, now)


def _called_off(
    meeting: Meeting, action: str, notice: str, because: str, by: Person, now: datetime
) -> Meeting:
    facts = {
        "state": State.CANCELLED,
        "cancelled_at": now,
        "cancelled_because": because,
        "sequence": meeting.sequence + 1,
    }
    apply_changes(meeting, facts)
    _recorded(action, meeting, by=by, now=now)
    tell_asked(meeting, notice, those_asked(meeting, besides={by.pk}), now=now)
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
