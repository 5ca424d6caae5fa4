"""What makes one choice of teams better than another: the weights, and what each counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil, hypot
from statistics import fmean
from typing import NamedTuple

from reviews.cycles.rota.shapes import Host, Problem, Reviewer

Team = frozenset[str]


@dataclass(frozen=True)
class Weights:
    """Points against a rota, each kind far above the next; the fewest points win."""

    unfilled: int = 10_000_000
    discouraged: int = 50_000
    mutual: int = 5_000
    share: int = 1_000
    group: int = 500
    phases: int = 200
    km: int = 1

    @property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """The points of each kind and the words for the page, the heaviest first."""
        return (
            (self.unfilled, "for each school that has no day"),
            (self.discouraged, "for each visit that should be avoided, such as last year’s"),
            (self.mutual, "for each two schools that visit one another"),
            (self.share, "for each day that somebody is out beyond an even share"),
            (self.group, "for each visit within one trust or federation"),
            (self.phases, "for each team whose reviewers all come from one phase"),
            (self.km, "for each kilometre from a reviewer’s school to the host"),
            (0, "Once the teams are chosen, their days are spread evenly over the weeks"),
        )


class Counts(NamedTuple):
    """How often each kind happens in a rota."""

    unfilled: int
    discouraged: int
    mutual: int
    share: int
    group: int
    phases: int
    km: int


@dataclass(frozen=True)
class Costs:
    """The points of a problem's visits and teams.

    When everybody visits everybody, pairs are mutual, days even and phases mixed as they must be, and
    none of these is counted. A distance that isn't known counts as the average of those that are.
    """

    problem: Problem
    weights: Weights

    def visit(self, reviewer: str, host: str) -> int:
        """The points of one visit by itself."""
        weights = self.weights
        return (
            weights.discouraged * ((reviewer, host) in self.problem.discouraged)
            + weights.group * self.is_within_group(reviewer, host)
            + weights.km * self.km(reviewer, host)
        )

    def km(self, reviewer: str, host: str) -> int:
        """The way there, in whole kilometres."""
        known = self._km_known(self.schools.get(reviewer), self.hosts[host])
        return round(self.km_usual if known is None else known)

    def is_within_group(self, reviewer: str, host: str) -> bool:
        """Whether the reviewer's school belongs to the trust or federation of the host."""
        school = self.schools.get(reviewer)
        return bool(school and school.group and school.group == self.hosts[host].group)

    def phase(self, reviewer: str) -> str:
        """The phase of the reviewer's school, or nothing where it isn't known."""
        school = self.schools.get(reviewer)
        return school.phase if school else ""

    @cached_property
    def hosts(self) -> Mapping[str, Host]:
        """By id."""
        return {host.id: host for host in self.problem.hosts}

    @cached_property
    def schools(self) -> Mapping[str, Host]:
        """The school of each reviewer whose school hosts."""
        return {
            reviewer.id: self.hosts[reviewer.school]
            for reviewer in self.problem.reviewers
            if reviewer.school in self.hosts
        }

    @cached_property
    def reviewers_of(self) -> Mapping[str, tuple[str, ...]]:
        """The reviewers of each school that hosts and has any."""
        found: dict[str, tuple[str, ...]] = {}
        for reviewer, school in self.schools.items():
            found[school.id] = (*found.get(school.id, ()), reviewer)
        return found

    @cached_property
    def km_usual(self) -> float:
        """The average of the distances that are known."""
        pairs = product(self.schools.values(), self.hosts.values())
        known = [self._km_known(*pair) for pair in pairs if pair[0] is not pair[1]]
        return fmean([km for km in known if km is not None] or [0])

    @property
    def is_choice(self) -> bool:
        """Whether teams are chosen, rather than made of everybody."""
        return self.problem.team_size is not None

    @cached_property
    def fair_share(self) -> int:
        """The days out that an even share gives to each who goes out at all."""
        going = sum(_goes_out(reviewer) for reviewer in self.problem.reviewers)
        return ceil((self.problem.team_size or 0) * len(self.problem.hosts) / max(1, going))

    @cached_property
    def has_phases(self) -> bool:
        """Whether a team can be mixed at all."""
        known = {self.phase(reviewer) for reviewer in self.schools} - {""}
        return (self.problem.team_size or 0) > 1 and len(known) > 1

    def points(self, teams: Mapping[str, Team]) -> int:
        """The whole sum, counted afresh."""
        weights = self.weights
        each = (getattr(weights, kind) for kind in Counts._fields)
        return sum(weight * count for weight, count in zip(each, self.counts(teams), strict=True))

    def counts(self, teams: Mapping[str, Team]) -> Counts:
        """How often each kind happens when these teams, the lead included, go to these hosts."""
        visits = [(reviewer, host) for host, team in teams.items() for reviewer in team]
        return Counts(
            unfilled=len(self.problem.hosts) - len(teams),
            discouraged=sum(visit in self.problem.discouraged for visit in visits),
            mutual=self._mutual(visits) if self.is_choice else 0,
            share=self._beyond_share(visits) if self.is_choice else 0,
            group=sum(self.is_within_group(*visit) for visit in visits),
            phases=sum(map(self._is_unmixed, teams.values())) if self.has_phases else 0,
            km=sum(self.km(*visit) for visit in visits),
        )

    def _mutual(self, visits: Iterable[tuple[str, str]]) -> int:
        between = {
            (self.schools[reviewer].id, host)
            for reviewer, host in visits
            if reviewer in self.schools
        }
        return sum(one < other and (other, one) in between for one, other in between)

    def _beyond_share(self, visits: Iterable[tuple[str, str]]) -> int:
        days = Counter(reviewer for reviewer, _host in visits)
        return sum(max(0, count - self.fair_share) for count in days.values())

    def _is_unmixed(self, team: Team) -> bool:
        phases = {self.phase(reviewer) for reviewer in team}
        return len(phases) == 1 and "" not in phases

    @staticmethod
    def _km_known(one: Host | None, other: Host) -> float | None:
        if one is None or one.easting is None or one.northing is None:
            return None
        if other.easting is None or other.northing is None:
            return None
        return hypot(one.easting - other.easting, one.northing - other.northing) / 1000


def _goes_out(reviewer: Reviewer) -> bool:
    return reviewer.max_days is None or reviewer.max_days > 0
