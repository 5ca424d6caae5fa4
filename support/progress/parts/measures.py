"""Is it working? The figure that stands on top, as picture and table."""

from __future__ import annotations

from datetime import datetime

from partnership.toolkit.spoken_dates import london_day
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import facts_of
from support.progress.figures import headline_of
from support.progress.permissions import can_enter_measures, has_ended


def measures(rights: Rights, now: datetime) -> Part:
    """The headline measure; where none is followed, how to begin."""
    headline = headline_of(rights, london_day(now))
    nouns = {
        "programme": rights.programme,
        "has_ended": has_ended(rights),
        "picture": headline.picture,
        "more": facts_of(rights, now).measures - 1,
        "term": headline.begun,
        "terms": headline.terms,
        "can_enter": can_enter_measures(rights),
    }
    return Part("progress/includes/_is_it_working.html", nouns)
