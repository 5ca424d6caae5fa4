"""What people are told about meetings: called, moved, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from alliances.meetings.links import answer_address
from alliances.meetings.models import Meeting, MeetingReply
from alliances.membership.models import AlliancePost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment, spoken_span

Write = Callable[[Notice, MeetingReply, str], Letter | Stale]


def _replies(notices: Sequence[Notice], now: datetime) -> dict[tuple[int, int], MeetingReply]:
    """The reply of each recipient to each meeting, of those who are still asked."""
    replies = (
        MeetingReply.objects.still_asked(on=now.astimezone(UK).date())
        .filter(
            meeting__in={notice.thing_id for notice in notices},
            person__in={notice.recipient_id for notice in notices},
        )
        .select_related("meeting__body__alliance", "meeting__called_by", "school")
        .order_by("-pk")
    )
    return {(reply.meeting_id, reply.person_id): reply for reply in replies}


def _posts(replies: Mapping[tuple[int, int], MeetingReply], now: datetime) -> dict[str, str]:
    """What each caller's post in the alliance is called, by "alliance:person"."""
    callers = {reply.meeting.called_by_id for reply in replies.values()}
    posts = AlliancePost.objects.on(now.astimezone(UK).date()).filter(person__in=callers)
    return {
        f"{post.alliance_id}:{post.person_id}": post.get_kind_display()
        for post in posts.order_by("-pk")
    }


def _letters(write: Write, state: str) -> Callable[..., Mapping[int, Letter | Stale]]:
    def letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
        replies = _replies(notices, now)
        posts = _posts(replies, now)
        words: dict[int, Letter | Stale] = {}
        for notice in notices:
            reply = replies.get((notice.thing_id or 0, notice.recipient_id))
            if reply is None:
                words[notice.pk] = Stale("No longer asked to this meeting.")
            elif reply.meeting.state != state:
                words[notice.pk] = Stale(f"The meeting is {reply.meeting.state} by now.")
            elif reply.meeting.ends_at <= now:
                words[notice.pk] = Stale("The meeting is over.")
            elif notice.key.rpartition(":")[2] != str(reply.meeting.sequence):
                words[notice.pk] = Stale("The meeting has moved since.")
            else:
                words[notice.pk] = write(notice, reply, _signature(reply.meeting, posts))
        return words

    return letters


def _signature(meeting: Meeting, posts: Mapping[str, str]) -> str:
    post = posts.get(f"{meeting.body.alliance_id}:{meeting.called_by_id}", "")
    return f"{meeting.called_by}, {post.lower()}" if post else str(meeting.called_by or "")


def _facts(meeting: Meeting) -> tuple[str, ...]:
    facts = [spoken_span(meeting.starts_at, meeting.ends_at)]
    if meeting.place:
        facts.append(meeting.place)
    if meeting.link:
        facts.append("You can also join by a link, which the meeting’s page shows.")
    return tuple(facts)


def _member_of(reply: MeetingReply) -> str:
    body = reply.meeting.body.name
    return f"{reply.school} has a seat in {body}" if reply.school else f"you belong to {body}"


def _answer_words(reply: MeetingReply) -> str:
    answer_by = reply.meeting.answer_by
    by = f" by {spoken_moment(answer_by)}" if answer_by else ""
    return f"Please answer{by}. One click is enough; you need not sign in."


def _called(_notice: Notice, reply: MeetingReply, signature: str) -> Letter:
    meeting = reply.meeting
    return Letter(
        subject=f"Will you come? {meeting.title}",
        heading=meeting.title,
        why=f"You have this because {_member_of(reply)}, which is called to a meeting.",
        facts=_facts(meeting),
        button_label="Answer: yes, no or maybe",
        button_url=answer_address(reply.pk, reply.asking),
        after=tuple(filter(None, [_answer_words(reply), meeting.note])),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


def _moved(notice: Notice, reply: MeetingReply, signature: str) -> Letter:
    meeting = reply.meeting
    was_at = notice.facts.get("was_at")
    if was_at:
        was = spoken_moment(datetime.fromisoformat(was_at))
        why = (
            f"This meeting has moved: it was to be on {was}. Your earlier answer no longer counts."
        )
        after = (_answer_words(reply),)
    else:
        why = "This meeting has another place or link. Its time and your answer stand."
        after = ()
    return Letter(
        subject=f"Moved: {meeting.title}" if was_at else f"Another place: {meeting.title}",
        heading=meeting.title,
        why=why,
        facts=_facts(meeting),
        button_label="Answer: yes, no or maybe" if was_at else "See the meeting",
        button_url=answer_address(reply.pk, reply.asking)
        if was_at
        else settings.PORTAL_URL + meeting.get_absolute_url(),
        after=after,
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


def _cancelled(_notice: Notice, reply: MeetingReply, signature: str) -> Letter:
    meeting = reply.meeting
    reason = (f"Reason: {meeting.cancelled_because}",) if meeting.cancelled_because else ()
    return Letter(
        subject=f"Cancelled: {meeting.title}",
        heading=meeting.title,
        why="This meeting is cancelled. You were asked to it; there is nothing you need to do.",
        facts=(spoken_span(meeting.starts_at, meeting.ends_at),),
        button_label="See the meeting",
        button_url=settings.PORTAL_URL + meeting.get_absolute_url(),
        after=reason,
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


NOTICES = (
    NoticeKind("meetings.called", "A meeting is called", _letters(_called, Meeting.State.CALLED)),
    NoticeKind("meetings.moved", "A meeting moves", _letters(_moved, Meeting.State.CALLED)),
    NoticeKind(
        "meetings.cancelled",
        "A meeting is cancelled",
        _letters(_cancelled, Meeting.State.CANCELLED),
    ),
)
