"""Is it working? The figure that stands on top, as picture and table."""

from __future__ import annotations

from datetime import datetime

from partnership.toolkit.spoken_dates import london_day
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import facts_of
from support.progress.figures import headline_of, picture_of
from support.progress.permissions import can_enter_measures, has_ended


def measures(rights: Rights, now: datetime) -> Part:
    """The headline measure; where none is followed, how to begin."""
    board = headline_of(rights, london_day(now))
    headline = board.headline
    nouns = {
        "programme": rights.programme,
        "has_ended": has_ended(rights),
        "picture": picture_of(board, headline) if headline else None,
        "more": facts_of(rights, now).measures - 1 if headline else 0,
        "term": board.begun,
        "terms": board.terms,
        "can_enter": can_enter_measures(rights),
    }
    return Part("progress/includes/_is_it_working.html", nouns)
