"""The published rota as a file: a row for each place in a team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from partnership.toolkit.exports import Column
from partnership.toolkit.spoken_dates import spoken_day, spoken_moment
from reviews.cycles.models import Cycle
from reviews.cycles.pictures import Going, Line


class Place(NamedTuple):
    """One row; a day with nobody has one too."""

    line: Line
    going: Going | None


COLUMNS = (
    Column("Day", lambda row: row.line.day, 14),
    Column("Last day", lambda row: row.line.last_day, 14),
    Column("School visited", lambda row: row.line.school, 34),
    Column("Held", lambda row: row.line.is_held, 8),
    Column("Reviewer", lambda row: row.going.visitor.name if row.going else "", 26),
    Column("From", lambda row: row.going.visitor.school if row.going else "", 34),
    Column("Leads", lambda row: row.going.is_lead if row.going else None, 8),
    Column("Answer", lambda row: row.going.words if row.going else "", 12),
)


def places_of(lines: Iterable[Line]) -> Iterator[Place]:
    """Day by day."""
    for line in lines:
        yield from (Place(line, each) for each in line.going or (None,))


def rota_facts(
    cycle: Cycle, lines: Iterable[Line], fair: Iterable[tuple[str, str]], *, now: datetime
) -> dict[str, Any]:
    """What is printed."""
    title = f"{cycle.name}, {cycle.years}"
    return {
        "title": title,
        "head": cycle.alliance.name,
        "foot": f"Rota of review days, printed on {spoken_moment(now)}",
        "days": [_printed(line) for line in lines],
        "fairness": [list(fact) for fact in fair],
    }


def _printed(line: Line) -> tuple[str, str, str, str]:
    last = "" if line.last_day == line.day else f" to {spoken_day(line.last_day)}"
    lead = line.lead
    team = ", ".join(_named(each) for each in line.team)
    return f"{spoken_day(line.day)}{last}", line.school, _named(lead) if lead else "–", team or "–"


def _named(each: Going) -> str:
    return f"{each.visitor.name} (declined)" if each.has_declined else each.visitor.name
