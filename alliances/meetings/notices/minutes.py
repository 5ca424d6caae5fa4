"""What people are told about minutes: to be checked, sent back, published. No text is mailed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.models.actions import PUBLISHED
from alliances.meetings.permissions import minute_writer_id, minutes_checker_id
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_day, spoken_moment

MinutesState = Meeting.MinutesState
Words = dict[int, Letter | Stale]
Why = Callable[[Notice, Meeting], str]


def _meetings(notices: Sequence[Notice]) -> dict[int, Meeting]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    return Meeting.objects.select_related("body__alliance").in_bulk(ids)


def _letters(write: Callable[[Meeting], Letter], why_not: Why) -> Callable[..., Words]:
    def letters(notices: Sequence[Notice], _now: datetime) -> Words:
        meetings = _meetings(notices)
        words: Words = {}
        for notice in notices:
            meeting = meetings.get(notice.thing_id or 0)
            stale = why_not(notice, meeting) if meeting else "The meeting is gone."
            words[notice.pk] = write(meeting) if meeting and not stale else Stale(stale)
        return words

    return letters


def _no_check_wanted(notice: Notice, meeting: Meeting) -> str:
    if meeting.minutes_state != MinutesState.DRAFTED:
        return "The minutes do not wait for a check any more."
    return (
        "" if notice.recipient_id == minutes_checker_id(meeting) else "Somebody else checks them."
    )


def _not_back(notice: Notice, meeting: Meeting) -> str:
    if meeting.minutes_state != MinutesState.NONE or not meeting.minutes_sent_back_because:
        return "The minutes were given to the chair again."
    return "" if notice.recipient_id == minute_writer_id(meeting) else "Somebody else writes them."


def _letter(meeting: Meeting, subject: str, why: str, button: str, *facts: str) -> Letter:
    return Letter(
        subject=f"{subject}: {meeting.title}",
        heading=meeting.title,
        why=why,
        facts=(f"{meeting.body.name}, {spoken_moment(meeting.starts_at)}", *facts),
        button_label=button,
        button_url=settings.PORTAL_URL + address("meetings:minutes_detail", meeting.pk),
        sender_name=meeting.body.alliance.name,
        thread=f"meeting-{meeting.pk}",
    )


def _to_check(meeting: Meeting) -> Letter:
    due_at = meeting.minutes_check_due_at
    return _letter(
        meeting,
        "Minutes to check",
        "You have this because you chaired this meeting or called it, and its minutes are written.",
        "Read and check them",
        *([f"Please check them by {spoken_day(due_at)}."] if due_at else []),
    )


def _sent_back(meeting: Meeting) -> Letter:
    return _letter(
        meeting,
        "Minutes sent back",
        "You have this because you write the minutes of this meeting, "
        "and the chair asks for something to be put right. What it is stands on their page.",
        "Go to the minutes",
    )


def _published(meeting: Meeting) -> Letter:
    return _letter(
        meeting,
        "Minutes",
        "You have this because you were asked to this meeting, and its minutes are published.",
        "Read the minutes",
    )


def _letters_to_those_asked(
    notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """Whoever has left her seat since is not told, and neither is who was asked no more."""
    meetings = _meetings(notices)
    people = {notice.recipient_id for notice in notices}
    asked = MeetingReply.objects.still_asked(on=now.astimezone(UK).date())
    still = set(
        asked.filter(meeting__in=meetings, person__in=people).values_list("meeting", "person")
    )
    words: Words = {}
    for notice in notices:
        meeting = meetings.get(notice.thing_id or 0)
        if meeting is None or (meeting.pk, notice.recipient_id) not in still:
            words[notice.pk] = Stale("No longer asked to this meeting.")
        elif meeting.minutes_state not in PUBLISHED:
            words[notice.pk] = Stale("The minutes are not published.")
        else:
            words[notice.pk] = _published(meeting)
    return words


NOTICES = (
    NoticeKind(
        "meetings.minutes_to_check",
        "Minutes wait for your check",
        _letters(_to_check, _no_check_wanted),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.minutes_sent_back",
        "Minutes come back to be put right",
        _letters(_sent_back, _not_back),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.minutes_published",
        "Minutes are published",
        _letters_to_those_asked,
        in_alliance=True,
    ),
)
