"""The list of meetings as a file."""

from __future__ import annotations

from alliances.meetings.models import Meeting, MeetingReply
from partnership.toolkit.exports import Column

MORE_COLUMNS = ("ends_at", "link")
STATES = dict(Meeting.State.choices)
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
