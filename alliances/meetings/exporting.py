"""The room’s lists as files."""

from __future__ import annotations

from typing import Any

from alliances.meetings.models import Meeting, MeetingReply
from partnership.toolkit.exports import Column

MORE_COLUMNS = ("ends_at", "link")
STATES = dict(Meeting.State.choices)
SEAT_WORDS = {
    (True, False): "whoever is the school’s head",
    (True, True): "a person for a school",
    (False, True): "a person",
}
ANSWERS = dict(MeetingReply.Answer.choices)

COLUMNS = (
    Column("Meeting", lambda meeting: meeting.title, 40),
    Column("Starts", lambda meeting: meeting.starts_at),
    Column("Ends", lambda meeting: meeting.ends_at),
    Column("Group", lambda meeting: meeting.body__name, 30),
    Column("Alliance", lambda meeting: meeting.body__alliance__name, 34),
    Column("Place", lambda meeting: meeting.place, 34),
    Column("Link to join", lambda meeting: meeting.link, 34),
    Column("State", lambda meeting: STATES[meeting.state], 12),
    Column("Your answer", lambda meeting: ANSWERS.get(meeting.own_answer, ""), 14),
)

BODIES = (
    Column("Group", lambda body: body.name, 40),
    Column("Alliance", lambda body: body.alliance.name, 34),
    Column("Kind", lambda body: body.get_kind_display(), 22),
    Column("Chair or lead", lambda body: body.lead.name if body.lead else "", 26),
    Column("Places taken", lambda body: body.place_count, 12),
    Column("Quorum", lambda body: body.quorum_words, 26),
    Column("Usual place", lambda body: body.usual_place, 34),
    Column("Next meeting", lambda body: body.next_at),
    Column("Last day", lambda body: body.closed_on, 12),
)


def _speaker(seat: Any) -> str:
    return seat.person.name if seat.person else seat.speaker or ""


MEMBERS: tuple[Column, ...] = (
    Column("School", lambda seat: seat.school.name if seat.school else "", 40),
    Column("URN", lambda seat: seat.school.urn if seat.school else None, 10),
    Column("Who sits there", _speaker, 28),
    Column("Seat is for", lambda seat: SEAT_WORDS[bool(seat.school), bool(seat.person)], 26),
    Column("From", lambda seat: seat.starts_on, 12),
    Column("Last day", lambda seat: seat.ends_on, 12),
)


def _action_state(action: Any) -> str:
    if action.done_at:
        return "Done"
    return "Dropped" if action.dropped_at else "To do"


ACTIONS: tuple[Column, ...] = (
    Column("Action", lambda action: action.title, 50),
    Column("Owner", lambda action: action.owner__name, 28),
    Column("Due", lambda action: action.due_at),
    Column("State", _action_state, 12),
    Column("Group", lambda action: action.body__name, 34),
    Column("Alliance", lambda action: action.body__alliance__name, 34),
    Column("Meeting", lambda action: action.meeting__title or "", 34),
    Column("Given", lambda action: action.given_at),
    Column("Done", lambda action: action.done_at),
    Column("What was done", lambda action: action.done_note, 40),
    Column("Dropped because", lambda action: action.dropped_because, 34),
)
