"""Bodies and their meetings: seats, agenda, papers, replies, register, minutes and actions."""

from alliances.meetings.models.actions import Action
from alliances.meetings.models.agenda import AgendaItem, Paper, ProposedItem
from alliances.meetings.models.bodies import OFFICE_POSTS, SPEAKS_FIRST, Body, Seat
from alliances.meetings.models.meetings import Meeting
from alliances.meetings.models.minutes import Attendance, Decision, Minute, MinuteDraft
from alliances.meetings.models.replies import MeetingReply

__all__ = [
    "OFFICE_POSTS",
    "SPEAKS_FIRST",
    "Action",
    "AgendaItem",
    "Attendance",
    "Body",
    "Decision",
    "Meeting",
    "MeetingReply",
    "Minute",
    "MinuteDraft",
    "Paper",
    "ProposedItem",
    "Seat",
]
