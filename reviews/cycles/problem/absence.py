"""Who is out when a rota is planned again: a school or a reviewer, on which days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from reviews.cycles.availability import Unavailable
from reviews.cycles.problem.rows import Rows, Standing

NOBODY: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Absence:
    """As a draft keeps it; nobody is out in a draft that isn't planned again."""

    is_of_host: bool
    key: int
    dates: frozenset[date]

    @classmethod
    def of(cls, replan: Mapping[str, Any]) -> Absence | None:
        """Read from `replan` of a draft."""
        if not replan:
            return None
        dates = frozenset(date.fromisoformat(each) for each in replan["dates"])
        return cls(replan["kind"] == "host", int(replan["id"]), dates)

    def hits(self, standing: Standing) -> bool:
        """Whether a published day can't take place as it stands."""
        day = standing.day
        who = {day.host_id} if self.is_of_host else standing.everybody
        span = range((day.last_day - day.day).days + 1)
        return self.key in who and any(day.day + timedelta(each) in self.dates for each in span)

    def out(self, known: Unavailable) -> Unavailable:
        """Who isn't available, with whoever is out besides."""

        def more(of: dict[int, frozenset[date]]) -> dict[int, frozenset[date]]:
            return of | {self.key: of.get(self.key, NOBODY) | self.dates}

        if self.is_of_host:
            return replace(known, of_host=more(known.of_host))
        return replace(known, of_reviewer=more(known.of_reviewer))


def while_out(rows: Rows, replan: Mapping[str, Any]) -> Rows:
    """The rows while somebody is out: a day that was fixed is free to move if it can't be held."""
    absence = Absence.of(replan)
    if absence is None:
        return rows
    standing = tuple(replace(each, is_lost=absence.hits(each)) for each in rows.standing)
    return replace(rows, out=absence.out(rows.out), standing=standing)
