"""What people are told when a meeting is called, moved or cancelled."""

from __future__ import annotations

from django.conf import settings

from alliances.meetings.links import answer_address
from alliances.meetings.models import Meeting
from alliances.meetings.notices.asked import (
    Replies,
    answer_words,
    belongs,
    facts_of,
    letters_to_those_asked,
    moment_in,
)
from partnership.notices.models import Notice
from partnership.toolkit.registers import Dated, Letter, NoticeKind
from partnership.toolkit.spoken_dates import spoken_span

KIND = "meetings.meeting"


def _dated(meeting: Meeting) -> Dated:
    """As the recipient’s own calendar is told of it, under the same name as in her diary’s feed."""
    changes = (meeting.called_at, meeting.moved_at, meeting.cancelled_at)
    return Dated(
        kind=KIND,
        thing_id=meeting.pk,
        title=meeting.title,
        place=meeting.place,
        path=meeting.get_absolute_url(),
        state=meeting.state,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        sequence=meeting.sequence,
        changed_at=max(filter(None, changes), default=meeting.starts_at),
    )


def _called(_notice: Notice, replies: Replies, signature: str) -> Letter:
    reply, meeting = replies[0], replies[0].meeting
    return Letter(
        subject=f"Will you come? {meeting.title}",
        heading=meeting.title,
        why=f"You have this because {belongs(replies)}, which is called to a meeting.",
        facts=facts_of(meeting),
        button_label="Answer: yes, no or maybe",
        button_url=answer_address(reply.pk, reply.asking),
        after=tuple(filter(None, [answer_words(replies), meeting.note])),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
        dated=_dated(meeting),
    )


def _moved(notice: Notice, replies: Replies, signature: str) -> Letter:
    was_at = moment_in(notice, "was_at")
    if was_at is None:
        return _placed(replies, signature)
    reply, meeting = replies[0], replies[0].meeting
    was = spoken_span(was_at, moment_in(notice, "was_until"))
    return Letter(
        subject=f"Moved: {meeting.title}",
        heading=meeting.title,
        why=f"You are asked to this meeting, and it has moved: it was to be on {was}. "
        "Answers given before no longer count.",
        facts=facts_of(meeting),
        button_label="Answer: yes, no or maybe",
        button_url=answer_address(reply.pk, reply.asking),
        after=(answer_words(replies),),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
        dated=_dated(meeting),
    )


def _placed(replies: Replies, signature: str) -> Letter:
    meeting = replies[0].meeting
    return Letter(
        subject=f"Another place: {meeting.title}",
        heading=meeting.title,
        why="You are asked to this meeting, and its place or link has changed. "
        "Its time and your answer stand.",
        facts=facts_of(meeting),
        button_label="See the meeting",
        button_url=settings.PORTAL_URL + meeting.get_absolute_url(),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
        dated=_dated(meeting),
    )


def _cancelled(_notice: Notice, replies: Replies, signature: str) -> Letter:
    meeting = replies[0].meeting
    reason = (f"Reason: {meeting.cancelled_because}",) if meeting.cancelled_because else ()
    return Letter(
        subject=f"Cancelled: {meeting.title}",
        heading=meeting.title,
        why="You were asked to this meeting, and it is cancelled. There is nothing you need to do.",
        facts=(spoken_span(meeting.starts_at, meeting.ends_at),),
        button_label="See the meeting",
        button_url=settings.PORTAL_URL + meeting.get_absolute_url(),
        after=reason,
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
        dated=_dated(meeting),
    )


NOTICES = (
    NoticeKind(
        "meetings.called",
        "A meeting is called",
        letters_to_those_asked(_called, Meeting.State.CALLED),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.moved",
        "A meeting moves",
        letters_to_those_asked(_moved, Meeting.State.CALLED),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.cancelled",
        "A meeting is cancelled",
        letters_to_those_asked(_cancelled, Meeting.State.CANCELLED),
        in_alliance=True,
    ),
)
