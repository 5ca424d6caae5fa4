"""How letters to those who are asked to a meeting are found and worded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.text import get_text_list

from alliances.meetings.models import Meeting, MeetingReply
from alliances.membership.models import AlliancePost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.spoken_dates import spoken_moment, spoken_span

Replies = list[MeetingReply]
Write = Callable[[Notice, Replies, str], Letter | Stale]


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


def letters_to_those_asked(
    write: Write, state: str, *, once_over: bool = False
) -> Callable[..., Mapping[int, Letter | Stale]]:
    """Letters about meetings in a state, which are stale once those are over unless said so."""

    def letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
        replies = _replies(notices, now)
        posts = _posts(replies, now)
        words: dict[int, Letter | Stale] = {}
        for notice in notices:
            hers = replies.get((notice.thing_id or 0, notice.recipient_id))
            meeting = hers[0].meeting if hers else None
            stale = _stale(notice, meeting, state, None if once_over else now)
            if stale or not hers:
                words[notice.pk] = Stale(stale)
            else:
                words[notice.pk] = write(notice, hers, _signature(hers[0].meeting, posts))
        return words

    return letters


def _stale(notice: Notice, meeting: Meeting | None, state: str, now: datetime | None) -> str:
    """Why it need not be sent any more, or nothing."""
    if meeting is None:
        return "No longer asked to this meeting."
    if meeting.state != state:
        return f"The meeting is {meeting.state} by now."
    if now is not None and meeting.ends_at <= now:
        return "The meeting is over."
    has_moved = moment_in(notice, "starts_at") not in {None, meeting.starts_at}
    has_moved |= moment_in(notice, "ends_at") not in {None, meeting.ends_at}
    if has_moved or notice.facts.get("sequence", meeting.sequence) != meeting.sequence:
        return "The meeting has moved since."
    return ""


def moment_in(notice: Notice, name: str) -> datetime | None:
    said = notice.facts.get(name)
    return datetime.fromisoformat(said) if said else None


def _signature(meeting: Meeting, posts: Mapping[str, str]) -> str:
    post = posts.get(f"{meeting.body.alliance_id}:{meeting.called_by_id}", "")
    return f"{meeting.called_by}, {post.lower()}" if post else str(meeting.called_by or "")


def facts_of(meeting: Meeting) -> tuple[str, ...]:
    facts = [spoken_span(meeting.starts_at, meeting.ends_at)]
    if meeting.place:
        facts.append(meeting.place)
    if meeting.link:
        facts.append("You can also join by a link, which the meeting’s page shows.")
    return tuple(facts)


def belongs(replies: Replies) -> str:
    body = replies[0].meeting.body.name
    schools = [str(reply.school) for reply in replies if reply.school]
    if not schools:
        return f"you belong to {body}"
    return (
        f"{get_text_list(schools, 'and')} {'have seats' if schools[1:] else 'has a seat'} in {body}"
    )


def answer_words(replies: Replies) -> str:
    answer_by = replies[0].meeting.answer_by
    by = f" by {spoken_moment(answer_by)}" if answer_by else ""
    once = ", for all your schools" if replies[1:] else ""
    return f"Please answer{by}. One click is enough{once}; you need not sign in."
