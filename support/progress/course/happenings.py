"""What happened in a programme, sorted by what it was about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from partnership.audit.history import PastEvent
from partnership.toolkit.spoken_dates import london_day

BEGINNING, PLAN, VISITS, REVIEWS, MEASURES, END = (
    "beginning",
    "plan",
    "visits",
    "reviews",
    "measures",
    "end",
)
KINDS: dict[str, str] = {
    BEGINNING: "How it began",
    PLAN: "Plan",
    VISITS: "Visits and placements",
    REVIEWS: "Reviews of the terms",
    MEASURES: "Measures",
    END: "Pauses and the end",
}
# The first whose words stand in what happened; an action of the plan is not one of a visit.
SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (END, ("paused", "pause", "ended", "final", "sustain", "impact", "case study", "given back")),
    (END, ("support finished",)),
    (PLAN, ("plan begun", "plan changed", "plan agreed", "of a plan", "learning community")),
    (VISITS, ("visit", "placement", "days promised")),
    (REVIEWS, ("of term", "in term")),
    (MEASURES, ("measure", "figures")),
)


def kind_of(action: str) -> str:
    """What an event of the audit was about, by the words that its service gave it."""
    words = action.lower()
    found = (kind for kind, signs in SIGNS if any(sign in words for sign in signs))
    return next(found, BEGINNING)


@dataclass(frozen=True)
class Happening:
    """What somebody did, and how often one after the other on that day."""

    at: datetime
    action: str
    who: str
    times: int


def happened(
    events: Iterable[PastEvent], *, since: datetime | None, kind: str = ""
) -> list[Happening]:
    """What a reader may know of: all, or from a moment on; of one kind or all.

    What somebody did several times in a row on one day is said once, with its last moment.
    """
    known = (event for event in events if since is None or event.at >= since)
    wanted = (event for event in known if not kind or kind_of(event.action) == kind)
    found = []
    for (_day, action, who), same in groupby(wanted, key=_alike):
        first, *rest = same
        found.append(Happening(first.at, action, who, 1 + len(rest)))
    return found


def _alike(event: PastEvent) -> tuple[date, str, str]:
    return london_day(event.at), event.action, event.who
