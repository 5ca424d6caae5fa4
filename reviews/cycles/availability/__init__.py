"""On which days a cycle can be held, and who can't come or be visited on which of them."""

from reviews.cycles.availability.boards import ASKING, Board, Whose, board_of, entries_of
from reviews.cycles.availability.closed import Unavailable, unavailable, unavailable_of
from reviews.cycles.availability.opened import most_are_open, school_days_of, weekdays_of

__all__ = [
    "ASKING",
    "Board",
    "Unavailable",
    "Whose",
    "board_of",
    "entries_of",
    "most_are_open",
    "school_days_of",
    "unavailable",
    "unavailable_of",
    "weekdays_of",
]
