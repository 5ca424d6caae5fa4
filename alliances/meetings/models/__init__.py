"""Bodies and their meetings: seats, agenda, papers and replies."""

from alliances.meetings.models.agenda import AgendaItem, Paper
from alliances.meetings.models.bodies import OFFICE_POSTS, Body, Seat
from alliances.meetings.models.meetings import Meeting, MeetingReply

__all__ = ["OFFICE_POSTS", "AgendaItem", "Body", "Meeting", "MeetingReply", "Paper", "Seat"]
