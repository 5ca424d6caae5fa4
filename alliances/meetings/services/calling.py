"""A meeting is called, moved, cancelled, and held; everybody asked is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from alliances.meetings.models import Meeting
from alliances.meetings.services.asking import ask, places_of
from alliances.meetings.services.preparing import default_answer_by
from partnership.audit.services import record
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import lock


class NotNow(Exception):
    """The meeting's state doesn't allow it; the words say why and what to do."""


def _locked(meeting: Meeting, *, state: Meeting.State, sentence: str) -> Meeting:
    current = lock(meeting)
    if current.state != state:
        raise NotNow(sentence)
    return current


def _told(meeting: Meeting, kind: str, recipients: list[int], now: datetime, **facts: str) -> None:
    verb = kind.partition(".")[2]
    tell(
        recipients=recipients,
        kind=kind,
        key=f"meeting-{verb}:{meeting.pk}:{meeting.sequence}",
        thing_id=meeting.pk,
        facts=facts,
        now=now,
        alliance_id=meeting.body.alliance_id,
    )


@transaction.atomic
def call_meeting(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """Ask everybody who holds a seat on its day, and tell them."""
    meeting = _locked(
        meeting, state=Meeting.State.DRAFT, sentence="This meeting has been called already."
    )
    if meeting.starts_at <= now:
        raise NotNow("This meeting would begin in the past. Change its day first.")
    meeting.state = Meeting.State.CALLED
    meeting.called_by, meeting.called_at = by, now
    if meeting.answer_by is None or not now < meeting.answer_by <= meeting.starts_at:
        meeting.answer_by = default_answer_by(meeting.starts_at, now=now)
    meeting.version += 1
    meeting.save(update_fields=["state", "called_by", "called_at", "answer_by", "version"])
    asked = ask(meeting, places_of(meeting), by=by, now=now)
    record(
        "meeting called",
        meeting,
        by=by,
        at=now,
        fields=["state"],
        values={"asked": len(asked)},
        alliance_id=meeting.body.alliance_id,
    )
    _told(meeting, "meetings.called", asked, now)
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
    lock(meeting, seen_version=seen_version)
    meeting = _locked(
        meeting, state=Meeting.State.CALLED, sentence="Only a called meeting can be moved."
    )
    if starts_at <= now:
        raise NotNow("This meeting would begin in the past. Choose a later day.")
    was_at, was_until = meeting.starts_at, meeting.ends_at
    is_another_time = (starts_at, ends_at) != (was_at, was_until)
    if not is_another_time and (place, link) == (meeting.place, meeting.link):
        return meeting
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.place, meeting.link = place, link
    meeting.moved_at, meeting.sequence = now, meeting.sequence + 1
    meeting.version += 1
    if is_another_time:
        meeting.was_at = was_at
        meeting.answer_by = default_answer_by(starts_at, now=now)
    meeting.save()
    if is_another_time:
        _ask_afresh(meeting, by=by, now=now)
    record(
        "meeting moved",
        meeting,
        by=by,
        at=now,
        fields=["starts_at", "ends_at", "place", "link"],
        values={"from": was_at.isoformat(), "to": starts_at.isoformat()},
        alliance_id=meeting.body.alliance_id,
    )
    told = [pk for pk in _asked(meeting) if pk != by.pk]
    facts = {"was_at": was_at.isoformat()} if is_another_time else {}
    _told(meeting, "meetings.moved", told, now, **facts)
    return meeting


def _asked(meeting: Meeting) -> list[int]:
    replies = meeting.replies.filter(ended_at=None)
    return list(replies.order_by("person_id").values_list("person_id", flat=True))


def _ask_afresh(meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Forget the answers, and ask those too who hold a seat on the new day."""
    places = places_of(meeting)
    gone = [
        reply.pk
        for reply in meeting.replies.filter(ended_at=None)
        if (reply.person_id, reply.school_id) not in places
    ]
    meeting.replies.filter(pk__in=gone).update(ended_at=now)
    meeting.replies.filter(ended_at=None).update(
        answer="", answered_at=None, apologies="", asked_at=now, asking=F("asking") + 1
    )
    meeting.replies.filter(ended_at=None, person=by).update(answer="yes", answered_at=now)
    ask(meeting, places, by=by, now=now)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, by: Person, now: datetime) -> Meeting:
    """Cancel it, and tell all who were asked, whatever they answered."""
    meeting = _locked(
        meeting, state=Meeting.State.CALLED, sentence="Only a called meeting can be cancelled."
    )
    meeting.state = Meeting.State.CANCELLED
    meeting.cancelled_at, meeting.cancelled_because = now, because
    meeting.sequence += 1
    meeting.version += 1
    meeting.save()
    record(
        "meeting cancelled",
        meeting,
        by=by,
        at=now,
        fields=["state"],
        alliance_id=meeting.body.alliance_id,
    )
    told = [pk for pk in _asked(meeting) if pk != by.pk]
    _told(meeting, "meetings.cancelled", told, now)
    return meeting


@transaction.atomic
def hold_meeting(*, meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """Say that it took place."""
    meeting = _locked(
        meeting, state=Meeting.State.CALLED, sentence="Only a called meeting can have been held."
    )
    if meeting.starts_at > now:
        raise NotNow("This meeting has not begun yet.")
    meeting.state = Meeting.State.HELD
    meeting.version += 1
    meeting.save(update_fields=["state", "version"])
    record(
        "meeting held",
        meeting,
        by=by,
        at=now,
        fields=["state"],
        alliance_id=meeting.body.alliance_id,
    )
    return meeting
