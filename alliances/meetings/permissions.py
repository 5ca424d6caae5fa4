"""Who may do what with meetings.

The office of an alliance (director, chair, administrator) and the lead of a body prepare, call, move and
cancel its meetings. Whoever is asked or holds a seat sees what is called. Portal staff see in the
admin that a meeting exists, its stage and dates; its pages are closed to them like to any stranger.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from alliances.meetings.models import (
    OFFICE_POSTS,
    AgendaItem,
    Body,
    Meeting,
    MeetingReply,
    Paper,
)
from alliances.membership.models import AlliancePost
from alliances.membership.permissions import holds_post
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.statements import answer

REASON_POSTS = (AlliancePost.Kind.CHAIR, AlliancePost.Kind.ADMINISTRATOR)


def bodies_run_by(person: Person, on: date) -> QuerySet[Body]:
    """The bodies whose meetings she may call."""
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gte=on)
    return Body.objects.run_by(person, on=on).filter(is_open).select_related("alliance")


def can_run_some_meetings(person: Person, on: date) -> bool:
    """Whether there is a body at all whose meetings she may call."""
    return bool(answer(_one_body_run_by, person=person, on=on))


def _one_body_run_by(*, person: Person, on: date) -> QuerySet[Body, Any]:
    return bodies_run_by(person, on).select_related(None).values_list("pk")[:1]


def can_run_meetings_of(person: Person, body: Body, on: date) -> bool:
    """Whether she prepares, calls, moves and cancels the meetings of a body."""
    if not person.is_active:
        return False
    return person.pk in {body.lead_id, body.deputy_id} or holds_post(
        person, body.alliance, OFFICE_POSTS, on
    )


def can_edit_agenda(person: Person, meeting: Meeting, on: date) -> bool:
    """The agenda is open until the meeting has been held or cancelled."""
    is_open = meeting.state in {Meeting.State.DRAFT, Meeting.State.CALLED}
    return is_open and can_run_meetings_of(person, meeting.body, on)


def can_add_paper(person: Person, item: AgendaItem, on: date) -> bool:
    """Whoever presents an item adds its papers; so do those who run the meeting."""
    is_open = item.meeting.state in {Meeting.State.DRAFT, Meeting.State.CALLED}
    if not is_open or not person.is_active:
        return False
    return item.presenter_id == person.pk or can_run_meetings_of(person, item.meeting.body, on)


def can_read_paper(person: Person, paper: Paper, on: date) -> bool:
    """Whoever may see the meeting reads its papers."""
    meetings = Meeting.objects.visible_to(person, on=on)
    return bool(meetings.filter(pk=paper.item.meeting_id).exists())


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
    return person.is_active and holds_post(person, meeting.body.alliance, REASON_POSTS, on)
