"""What people are told about agendas, and about what they proposed for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from alliances.meetings.links import answer_address
from alliances.meetings.models import Meeting, ProposedItem
from alliances.meetings.notices.asked import (
    Replies,
    answer_words,
    belongs,
    facts_of,
    letters_to_those_asked,
)
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment


def _agenda(_notice: Notice, replies: Replies, signature: str) -> Letter:
    meeting = replies[0].meeting
    return Letter(
        subject=f"The agenda: {meeting.title}",
        heading=meeting.title,
        why="You are asked to this meeting, and its agenda is there now.",
        facts=facts_of(meeting),
        button_label="Read the agenda",
        button_url=settings.PORTAL_URL + meeting.get_absolute_url(),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


def _chased(_notice: Notice, replies: Replies, signature: str) -> Letter | Stale:
    silent = [reply for reply in replies if reply.answered_at is None]
    if not silent:
        return Stale("Has answered by now.")
    reply, meeting = silent[0], silent[0].meeting
    return Letter(
        subject=f"We still need your answer: {meeting.title}",
        heading=meeting.title,
        why=f"You have this because {belongs(replies)}, and your answer is missing.",
        facts=facts_of(meeting),
        button_label="Answer: yes, no or maybe",
        button_url=answer_address(reply.pk, reply.asking),
        after=(answer_words(silent),),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


Settle = Callable[[ProposedItem], Letter | Stale]


def _letters_about_proposals(write: Settle) -> Callable[..., Mapping[int, Letter | Stale]]:
    def letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
        del now
        found = ProposedItem.objects.select_related(
            "body__alliance", "settled_by", "taken_into__meeting"
        ).in_bulk({notice.thing_id for notice in notices})
        gone = Stale("The proposal is open again, or gone.")
        return {
            notice.pk: write(found[notice.thing_id]) if notice.thing_id in found else gone
            for notice in notices
        }

    return letters


def _taken(proposal: ProposedItem) -> Letter | Stale:
    item = proposal.taken_into
    if item is None or item.meeting.state == Meeting.State.CANCELLED:
        return Stale("It stands on no agenda any more.")
    meeting, body = item.meeting, proposal.body
    is_draft = meeting.state == Meeting.State.DRAFT
    page = body if is_draft else meeting
    return Letter(
        subject=f"On the agenda: {proposal.title}",
        heading=proposal.title,
        why=f"You proposed this for {body}, and it is taken into the agenda of "
        + ("a meeting that is being prepared." if is_draft else "a meeting."),
        facts=() if is_draft else (meeting.title, spoken_moment(meeting.starts_at)),
        button_label=f"See {body}" if is_draft else "See the agenda",
        button_url=settings.PORTAL_URL + page.get_absolute_url(),
        signature=str(proposal.settled_by or ""),
        sender_name=body.alliance.name,
    )


def _declined(proposal: ProposedItem) -> Letter | Stale:
    if not proposal.declined_because:
        return Stale("The proposal is open again.")
    return Letter(
        subject=f"Not on the agenda: {proposal.title}",
        heading=proposal.title,
        why=f"You proposed this for {proposal.body}, and it is not taken into an agenda.",
        facts=(f"Reason: {proposal.declined_because}",),
        button_label=f"See {proposal.body}",
        button_url=settings.PORTAL_URL + proposal.body.get_absolute_url(),
        signature=str(proposal.settled_by or ""),
        sender_name=proposal.body.alliance.name,
    )


NOTICES = (
    NoticeKind(
        "meetings.agenda",
        "The agenda of a meeting is published",
        letters_to_those_asked(_agenda, Meeting.State.CALLED),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.chased",
        "Whoever runs a meeting asks again for your answer",
        letters_to_those_asked(_chased, Meeting.State.CALLED),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.proposal_taken",
        "What you proposed stands on an agenda",
        _letters_about_proposals(_taken),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.proposal_declined",
        "What you proposed is not taken into an agenda",
        _letters_about_proposals(_declined),
        in_alliance=True,
    ),
)
