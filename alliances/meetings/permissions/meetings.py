"""Who may prepare a meeting, read its papers, and answer for whom."""

from __future__ import annotations

from datetime import date, datetime

from alliances.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingReply,
    Paper,
)
from alliances.meetings.permissions.bodies import can_run_meetings_of
from alliances.meetings.permissions.records import can_read_confidential, minute_writer_id
from alliances.membership.models import AlliancePost
from alliances.membership.permissions import holds_post
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day

REASON_POSTS = (AlliancePost.Kind.CHAIR, AlliancePost.Kind.ADMINISTRATOR)


def can_edit_agenda(person: Person, meeting: Meeting, on: date) -> bool:
    """The agenda is open until the meeting has been held or cancelled."""
    is_open = meeting.state in Meeting.OPEN_STATES
    return is_open and can_run_meetings_of(person, meeting.body, on)


def can_add_paper(person: Person, item: AgendaItem, on: date) -> bool:
    """Whoever presents an item adds its papers; so do those who run the meeting."""
    is_open = item.meeting.state in Meeting.OPEN_STATES
    if not is_open or not person.is_active:
        return False
    return item.presenter_id == person.pk or can_run_meetings_of(person, item.meeting.body, on)


def can_read_paper(person: Person, paper: Paper, on: date) -> bool:
    """Whoever may see the meeting and read the item reads its papers."""
    meetings = Meeting.objects.visible_to(person, on=on)
    is_seen = meetings.filter(pk=paper.item.meeting_id).exists()
    return is_seen and can_read_item(person, paper.item, on)


def can_read_item(person: Person, item: AgendaItem, on: date) -> bool:
    """Her own item; else once the agenda is published, and a confidential one as a member."""
    meeting = item.meeting
    if person.pk in {item.presenter_id, meeting.chair_id, minute_writer_id(meeting)}:
        return person.is_active
    if can_run_meetings_of(person, meeting.body, on):
        return True
    is_published = meeting.agenda_published_at is not None
    return is_published and (
        not item.is_confidential or can_read_confidential_items(person, meeting, on)
    )


def can_read_confidential_items(person: Person, meeting: Meeting, on: date) -> bool:
    """By the seats of the meeting's day, or of today once that has passed."""
    return can_read_confidential(person, meeting, max(on, london_day(meeting.starts_at)))


def can_remove_paper(person: Person, paper: Paper, on: date) -> bool:
    """Whoever added a paper may take it away, and those who run the meeting."""
    if paper.added_by_id == person.pk:
        return can_add_paper(person, paper.item, on)
    return can_edit_agenda(person, paper.item.meeting, on)


def can_answer(person: Person, reply: MeetingReply, now: datetime) -> bool:
    """Everybody answers for herself, or for a head who lets her, until the meeting is over."""
    return (
        person.is_active
        and reply.ended_at is None
        and reply.meeting.state == Meeting.State.CALLED
        and reply.meeting.ends_at > now
        and answers_reply(person, reply, now.astimezone(UK).date())
    )


def answers_reply(person: Person, reply: MeetingReply, on: date) -> bool:
    """Whether the reply is hers, or that of a head who lets her answer for the school."""
    if reply.person_id == person.pk:
        return True
    for_heads = MeetingReply.objects.answered_for_heads(person, on=on)
    return person.is_active and bool(for_heads.filter(pk=reply.pk).exists())


def can_read_reasons(person: Person, meeting: Meeting, on: date) -> bool:
    """Reasons of apologies are read by the chair and the administrator only."""
    if person.is_active and person.pk == meeting.chair_id:
        return True
    return person.is_active and holds_post(person, meeting.body.alliance, REASON_POSTS, on)
