"""What meetings ask of people."""

from alliances.meetings.duties.answers import ANSWERS
from alliances.meetings.duties.pages import meeting_id_of
from alliances.meetings.duties.papers import PAPERS

__all__ = ["DUTIES", "meeting_id_of"]

DUTIES = (*ANSWERS, *PAPERS)
