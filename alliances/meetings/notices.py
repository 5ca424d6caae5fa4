"""What people are told about meetings: called, moved, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.text import get_text_list

from alliances.meetings.links import answer_address
from alliances.meetings.models import Meeting, MeetingReply
from alliances.membership.models import AlliancePost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment, spoken_span

Replies = list[MeetingReply]
Write = Callable[[Notice, Replies, str], Letter]


def _replies(notices: Sequence[Notice], now: datetime) -> dict[tuple[int, int], Replies]:
    """Each recipient's replies to each meeting, one for each school, if she is still asked."""
    replies = (
        MeetingReply.objects.still_asked(on=now.astimezone(UK).date())
        .filter(
            meeting__in={notice.thing_id for notice in notices},
            person__in={notice.recipient_id for notice in notices},
        )
        .select_related("meeting__body__alliance", "meeting__called_by", "school")
        .order_by("school__name", "pk")
    )
    found: dict[tuple[int, int], Replies] = {}
    for reply in replies:
        found.setdefault((reply.meeting_id, reply.person_id), []).append(reply)
    return found


def _posts(replies: Mapping[tuple[int, int], Replies], now: datetime) -> dict[str, str]:
    """What each caller's post in the alliance is called, by "alliance:person"."""
    callers = {hers[0].meeting.called_by_id for hers in replies.values()}
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
            hers = replies.get((notice.thing_id or 0, notice.recipient_id))
            stale = _stale(notice, hers[0].meeting if hers else None, state, now)
            if stale or not hers:
                words[notice.pk] = Stale(stale)
            else:
                words[notice.pk] = write(notice, hers, _signature(hers[0].meeting, posts))
        return words

    return letters


def _stale(notice: Notice, meeting: Meeting | None, state: str, now: datetime) -> str:
    """Why it need not be sent any more, or nothing."""
    if meeting is None:
        return "No longer asked to this meeting."
    if meeting.state != state:
        return f"The meeting is {meeting.state} by now."
    if meeting.ends_at <= now:
        return "The meeting is over."
    has_moved = _moment(notice, "starts_at") not in {None, meeting.starts_at}
    has_moved |= _moment(notice, "ends_at") not in {None, meeting.ends_at}
    if has_moved or notice.facts.get("sequence", meeting.sequence) != meeting.sequence:
        return "The meeting has moved since."
    return ""


def _moment(notice: Notice, name: str) -> datetime | None:
    said = notice.facts.get(name)
    return datetime.fromisoformat(said) if said else None


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


def _belongs(replies: Replies) -> str:
    body = replies[0].meeting.body.name
    schools = [str(reply.school) for reply in replies if reply.school]
    if not schools:
        return f"you belong to {body}"
    return (
        f"{get_text_list(schools, 'and')} {'have seats' if schools[1:] else 'has a seat'} in {body}"
    )


def _answer_words(replies: Replies) -> str:
    answer_by = replies[0].meeting.answer_by
    by = f" by {spoken_moment(answer_by)}" if answer_by else ""
    once = ", for all your schools" if replies[1:] else ""
    return f"Please answer{by}. One click is enough{once}; you need not sign in."


def _called(_notice: Notice, replies: Replies, signature: str) -> Letter:
    reply, meeting = replies[0], replies[0].meeting
    return Letter(
        subject=f"Will you come? {meeting.title}",
        heading=meeting.title,
        why=f"You have this because {_belongs(replies)}, which is called to a meeting.",
        facts=_facts(meeting),
        button_label="Answer: yes, no or maybe",
        button_url=answer_address(reply.pk, reply.asking),
        after=tuple(filter(None, [_answer_words(replies), meeting.note])),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


def _moved(notice: Notice, replies: Replies, signature: str) -> Letter:
    was_at = _moment(notice, "was_at")
    if was_at is None:
        return _placed(replies, signature)
    reply, meeting = replies[0], replies[0].meeting
    was = spoken_span(was_at, _moment(notice, "was_until"))
    return Letter(
        subject=f"Moved: {meeting.title}",
        heading=meeting.title,
        why=f"You are asked to this meeting, and it has moved: it was to be on {was}. "
        "Answers given before no longer count.",
        facts=_facts(meeting),
        button_label="Answer: yes, no or maybe",
        button_url=answer_address(reply.pk, reply.asking),
        after=(_answer_words(replies),),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


def _placed(replies: Replies, signature: str) -> Letter:
    meeting = replies[0].meeting
    return Letter(
        subject=f"Another place: {meeting.title}",
        heading=meeting.title,
        why="You are asked to this meeting, and its place or link has changed. "
        "Its time and your answer stand.",
        facts=_facts(meeting),
        button_label="See the meeting",
        button_url=settings.PORTAL_URL + meeting.get_absolute_url(),
        signature=signature,
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
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
    )


NOTICES = (
    NoticeKind(
        "meetings.called",
        "A meeting is called",
        _letters(_called, Meeting.State.CALLED),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.moved",
        "A meeting moves",
        _letters(_moved, Meeting.State.CALLED),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.cancelled",
        "A meeting is cancelled",
        _letters(_cancelled, Meeting.State.CANCELLED),
        in_alliance=True,
    ),
)
