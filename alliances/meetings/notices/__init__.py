"""What people are told about meetings, by theme."""

from alliances.meetings.notices import agenda, calling

NOTICES = (*calling.NOTICES, *agenda.NOTICES)
