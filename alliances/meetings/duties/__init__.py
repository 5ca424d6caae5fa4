"""What meetings ask of people."""

from alliances.meetings.duties.actions import ACTIONS
from alliances.meetings.duties.agendas import AGENDAS
from alliances.meetings.duties.answers import ANSWERS
from alliances.meetings.duties.minutes import MINUTES
from alliances.meetings.duties.pages import meeting_id_of
from alliances.meetings.duties.papers import PAPERS
from alliances.meetings.duties.quorum import QUORUMS
from alliances.meetings.duties.registers import REGISTERS

__all__ = ["DUTIES", "meeting_id_of"]

DUTIES = (*ANSWERS, *PAPERS, *AGENDAS, *QUORUMS, *REGISTERS, *MINUTES, *ACTIONS)
