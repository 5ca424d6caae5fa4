"""What a rota is made from, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

NO_DATES: frozenset[date] = frozenset()
NO_PAIRS: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Host:
    """A school that is reviewed once; `easting` and `northing` are metres of the National Grid."""

    id: str
    blocked: frozenset[date] = NO_DATES
    easting: float | None = None
    northing: float | None = None
    phase: str = ""
    group: str = ""


@dataclass(frozen=True)
class Reviewer:
    """Somebody who visits; `school` is a host's id, another school's, or nothing."""

    id: str
    school: str = ""
    is_lead: bool = False
    blocked: frozenset[date] = NO_DATES
    max_days: int | None = None
    max_days_per_period: int | None = None


@dataclass(frozen=True)
class Day:
    """A host's day: the lead, and the team without the lead."""

    host: str
    date: date
    lead: str
    team: frozenset[str]

    @property
    def everybody(self) -> frozenset[str]:
        """All who visit."""
        return self.team | {self.lead}


@dataclass(frozen=True)
class FixedDay:
    """What is settled of a host's day: its date, and perhaps its lead and the rest of its team."""

    host: str
    date: date
    lead: str = ""
    team: frozenset[str] | None = None

    @property
    def everybody(self) -> frozenset[str]:
        """All who are settled."""
        return (self.team or frozenset()) | ({self.lead} if self.lead else frozenset())

    @property
    def is_whole(self) -> bool:
        """Whether nobody may be added."""
        return bool(self.lead) and self.team is not None


@dataclass(frozen=True)
class Problem:
    """A cycle of review days.

    `team_size` counts the lead; None is everybody who may visit the host. Two days of one reviewer are
    at least `gap_days` days of the calendar apart, and never the same day: with 7, Monday to Monday.
    Pairs are (reviewer, host). With `current`, even empty, the rota is a re-plan. Periods, such as half
    terms, go from a first to a last day and don't overlap; a reviewer may have a limit in each.
    """

    school_days: tuple[date, ...]
    hosts: tuple[Host, ...]
    reviewers: tuple[Reviewer, ...]
    team_size: int | None
    gap_days: int = 0
    forbidden: frozenset[tuple[str, str]] = NO_PAIRS
    discouraged: frozenset[tuple[str, str]] = NO_PAIRS
    fixed: tuple[FixedDay, ...] = ()
    current: tuple[Day, ...] | None = None
    periods: tuple[tuple[date, date], ...] = ()

    @property
    def apart(self) -> int:
        """How many days of the calendar lie between two days of one reviewer, at least."""
        return max(1, self.gap_days)

    def without(self, who: str, dates: Iterable[date]) -> Problem:
        """The same while a host or a reviewer (or both, if they share an id) is not available."""
        lost = frozenset(dates)
        return replace(
            self,
            hosts=tuple(
                replace(host, blocked=host.blocked | lost) if host.id == who else host
                for host in self.hosts
            ),
            reviewers=tuple(
                replace(reviewer, blocked=reviewer.blocked | lost)
                if reviewer.id == who
                else reviewer
                for reviewer in self.reviewers
            ),
        )


class Status(StrEnum):
    """How good a rota is.

    Optimal: every host has its day, and no teams are better. Feasible: every host has its day.
    Infeasible: a host has none; the others have theirs.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Unfilled:
    """A host without a day, and why."""

    host: str
    reason: str


@dataclass(frozen=True)
class Rota:
    """The days of a cycle; `objective` and `bound` weigh the teams (see weights)."""

    status: Status
    objective: int
    bound: int
    days: tuple[Day, ...]
    unfilled: tuple[Unfilled, ...] = ()
    changed: int = 0


def changed_hosts(before: Iterable[Day], after: Iterable[Day]) -> frozenset[str]:
    """The hosts whose date, lead or team is another, a day lost or gained included."""
    old = {day.host: day for day in before}
    new = {day.host: day for day in after}
    return frozenset(host for host in old.keys() | new.keys() if old.get(host) != new.get(host))
