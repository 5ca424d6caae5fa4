"""What people are told about meetings, by theme."""

from alliances.meetings.notices import actions, agenda, calling, minutes

NOTICES = (*calling.NOTICES, *agenda.NOTICES, *minutes.NOTICES, *actions.NOTICES)
