"""What pictures of a rota are drawn from: plain data, the same for a draft and for what is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class HostSchool:
    """A host of the cycle; `short` and `code` are its names where there is little room."""

    id: str
    school_id: int
    name: str
    short: str
    code: str
    phase: str
    easting: int | None
    northing: int | None
    is_standing: bool = True


@dataclass(frozen=True)
class Visitor:
    """A reviewer of the cycle; training holds until a day, and None means that there is none."""

    id: str
    person_id: int
    name: str
    school_id: int | None
    school: str
    phase: str
    easting: int | None
    northing: int | None
    review_until: date | None
    lead_until: date | None
    most_half_term: int | None


@dataclass(frozen=True)
class Visits:
    """A host's day and who goes there, by the keys of the cycle's reviewers."""

    host: str
    date: date
    lead: str
    team: tuple[str, ...]
    is_settled: bool = False

    @property
    def everybody(self) -> tuple[str, ...]:
        """The lead first, then the team."""
        return (self.lead, *self.team) if self.lead else self.team


@dataclass(frozen=True)
class Scene:
    """All of a cycle that pictures need beside the days.

    `half_terms` holds the first day of the half term of each day that was asked for, host by host.
    """

    hosts: Mapping[str, HostSchool]
    visitors: Mapping[str, Visitor]
    starts_on: date
    ends_on: date
    open_days: frozenset[date]
    days_each: int
    is_all_others: bool
    avoids_trust: bool
    avoids_last_year: bool
    most_half_term: int | None
    half_term_starts: Mapping[int, tuple[tuple[date, date], ...]]

    def host_of_school(self, school_id: int | None) -> HostSchool | None:
        """The host that a school is, if it is one."""
        found = (host for host in self.hosts.values() if host.school_id == school_id)
        return next(found, None)

    def half_term(self, host: str, day: date) -> date | None:
        """The first day of the half term in which a day lies, for a host."""
        spans = self.half_term_starts.get(self.hosts[host].school_id, ())
        return next((starts for starts, ends in spans if starts <= day <= ends), None)


def visits_of(days: Iterable[Mapping[str, Any]], settled: Iterable[str] = ()) -> list[Visits]:
    """The days of a draft as it keeps them, by date."""
    kept = frozenset(settled)
    found = [
        Visits(
            host=str(day["host"]),
            date=date.fromisoformat(day["date"]),
            lead=str(day["lead"]),
            team=tuple(str(key) for key in day["team"]),
            is_settled=str(day["host"]) in kept,
        )
        for day in days
    ]
    return sorted(found, key=lambda each: (each.date, each.host))
