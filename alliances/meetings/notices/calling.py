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
    changes = (
        meeting.called_at,
        meeting.moved_at,
        meeting.retitled_at,
        meeting.cancelled_at,
    )
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
        return _placed(notice, replies, signature)
    reply, meeting = replies[0], replies[0].meeting
    was = spoken_span(was_at, moment_in(notice, "was_until"))
    return Letter(
        subject=f"Moved: {meeting.title}",
        heading=meeting.title,
        why=f"You are asked to this meeting, and it has moved: it was to be on {was}{_there(notice)}. "
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


def _there(notice: Notice) -> str:
    """Where it was to be, if that has changed with the time."""
    place = notice.facts.get("was_place")
    return f", at {place}" if place else ""


def _what_changed(notice: Notice, meeting: Meeting) -> str:
    """The first line of a mail about another place or link."""
    was = notice.facts.get("was_place")
    if was is None:
        return "its link to join has changed"
    also = " and its link" if "was_link" in notice.facts else ""
    if not meeting.place:
        return f"it has no place any more{also and ', but another link'}: it was to be at {was}"
    return f"its place{also} has changed: it was to be {f'at {was}' if was else 'by link alone'}"


def _placed(notice: Notice, replies: Replies, signature: str) -> Letter:
    meeting = replies[0].meeting
    return Letter(
        subject=f"Another place: {meeting.title}",
        heading=meeting.title,
        why=f"You are asked to this meeting, and {_what_changed(notice, meeting)}. "
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


def _missed(_notice: Notice, replies: Replies, signature: str) -> Letter:
    meeting = replies[0].meeting
    reason = (f"Reason: {meeting.cancelled_because}",) if meeting.cancelled_because else ()
    return Letter(
        subject=f"Did not take place: {meeting.title}",
        heading=meeting.title,
        why="You were asked to this meeting. It did not take place, so there are no minutes of it. "
        "If you came all the same: we are sorry.",
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
    NoticeKind(
        "meetings.missed",
        "A meeting did not take place",
        letters_to_those_asked(_missed, Meeting.State.CANCELLED, once_over=True),
        in_alliance=True,
    ),
)
