"""What people are told about meetings, by theme."""

from alliances.meetings.notices import calling

NOTICES = (*calling.NOTICES,)
