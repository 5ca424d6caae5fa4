"""Who may visit each host, and on which days: what follows from the problem without any search.

A set of days is one integer, a bit for each school day: thousands of them are compared at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_, or_

from reviews.cycles.rota.held import held_days, visits_of
from reviews.cycles.rota.shapes import Day, FixedDay, Host, Problem, Reviewer


@dataclass(frozen=True)
class Opening:
    """Who may visit a host, who must, how many, and the days on which so many are free."""

    size: int
    candidates: tuple[str, ...]
    required: frozenset[str]
    days: int

    @property
    def is_settled(self) -> bool:
        """Whether only one team is possible."""
        return len(self.candidates) == self.size


@dataclass(frozen=True)
class Openings:
    """The openings of every host of a problem."""

    problem: Problem

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The school days in order; the place of each is its bit."""
        return tuple(sorted(set(self.problem.school_days)))

    @cached_property
    def free(self) -> Mapping[str, int]:
        """The days on which each reviewer can go out."""
        return {each.id: self.unblocked(each) for each in self.problem.reviewers}

    @cached_property
    def leads(self) -> frozenset[str]:
        """Those who are trained to lead."""
        return frozenset(each.id for each in self.problem.reviewers if each.is_lead)

    @cached_property
    def fixed(self) -> Mapping[str, FixedDay]:
        """What is settled, by host."""
        return {each.host: each for each in self.problem.fixed}

    @cached_property
    def hosts(self) -> Mapping[str, Opening]:
        """By id, in the order of the problem."""
        return {host.id: self._opening(host) for host in self.problem.hosts}

    @cached_property
    def held(self) -> Mapping[str, Day]:
        """The days that stay whatever else, by host."""
        return held_days(self.problem)

    def free_for(self, host: str, reviewer: str) -> int:
        """The days on which a reviewer can visit a host, beside the days that are held."""
        free = self.free[reviewer]
        return free if host in self.held else free & ~self._taken[reviewer]

    @cached_property
    def limits(self) -> Mapping[str, int]:
        """The most days that each reviewer can be out: her limit, or what the gap leaves of hers."""
        return {each.id: self._limit(each) for each in self.problem.reviewers}

    def unblocked(self, who: Host | Reviewer) -> int:
        """The school days that somebody hasn't blocked; none for who never goes out."""
        open_days = self.mask(day for day in self.days if day not in who.blocked)
        if not isinstance(who, Reviewer):
            return open_days
        if who.max_days == 0:
            return 0
        return open_days & ~self.in_periods if who.max_days_per_period == 0 else open_days

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """The school days of each period that has any."""
        spans = self.problem.periods
        masks = (
            self.mask(day for day in self.days if first <= day <= last) for first, last in spans
        )
        return tuple(filter(None, masks))

    @cached_property
    def in_periods(self) -> int:
        """The school days that lie in a period."""
        return reduce(or_, self.periods, 0)

    def host_days(self, host: Host) -> int:
        """The days on which a host can be visited, whoever comes."""
        settled = self.fixed.get(host.id)
        return self.unblocked(host) & (self.mask([settled.date]) if settled else -1)

    def may_visit(self, host: str) -> list[str]:
        """Those whom no rule keeps from a host, free or not."""
        return [
            each.id
            for each in self.problem.reviewers
            if each.school != host and (each.id, host) not in self.problem.forbidden
        ]

    def mask(self, days: Iterable[date]) -> int:
        """The set of those among these that are school days."""
        return reduce(or_, (1 << self._place[day] for day in days if day in self._place), 0)

    def dates(self, mask: int) -> list[date]:
        """The days of a set, in order."""
        return [self.days[place] for place in bits(mask)]

    def common_days(self, host: str, team: Iterable[str]) -> int:
        """The days on which a host can have this team."""
        return reduce(and_, (self.free_for(host, each) for each in team), self.hosts[host].days)

    def most_days(self, mask: int) -> int:
        """How many days of a set lie far enough apart for one reviewer."""
        taken, last = 0, -self.problem.apart
        for day in self.dates(mask):
            if day.toordinal() - last >= self.problem.apart:
                taken, last = taken + 1, day.toordinal()
        return taken

    @cached_property
    def _place(self) -> Mapping[date, int]:
        return {day: place for place, day in enumerate(self.days)}

    def _opening(self, host: Host) -> Opening:
        candidates = self.may_visit(host.id)
        size = len(candidates) if self.problem.team_size is None else self.problem.team_size
        settled = self.fixed.get(host.id)
        required = settled.everybody if settled else frozenset()
        if settled and settled.is_whole:
            candidates = [each for each in candidates if each in required]
        days = self._days(host, candidates, required, size)
        if self.problem.team_size is not None:
            candidates = [each for each in candidates if self.free_for(host.id, each) & days]
        return Opening(size, tuple(candidates), required, days)

    def _days(self, host: Host, candidates: list[str], required: frozenset[str], size: int) -> int:
        """The days on which enough are free, a trained lead and all who are required among them."""
        settled = self.fixed.get(host.id)
        leads = self.leads & ({settled.lead} if settled and settled.lead else self.leads)
        if size < 1 or not required.issubset(candidates) or len(required) > size:
            return 0
        free = {each: self.free_for(host.id, each) for each in candidates}
        days = self.host_days(host) & at_least(size, free.values()) & ~self._out_of(host.id)
        days &= reduce(or_, (free[each] for each in candidates if each in leads), 0)
        return reduce(and_, (free[each] for each in required), days)

    @cached_property
    def _taken(self) -> Mapping[str, int]:
        """The days that held days take from each reviewer, the gap and her own school's included."""
        taken = {}
        for each in self.problem.reviewers:
            near = (
                day
                for day in self.days
                for visit in self._visits.get(each.id, ())
                if abs((day - visit.date).days) < self.problem.apart
            )
            home = self.held.get(each.school)
            taken[each.id] = self.mask(near) | self.mask([home.date] if home else ())
            taken[each.id] |= self._used_up(each)
        return taken

    def _used_up(self, reviewer: Reviewer) -> int:
        """The periods in which held days leave somebody no day out."""
        most = reviewer.max_days_per_period
        out = self.mask(visit.date for visit in self._visits.get(reviewer.id, ()))
        full = (
            each for each in self.periods if most is not None and (each & out).bit_count() >= most
        )
        return reduce(or_, full, 0)

    @cached_property
    def _visits(self) -> Mapping[str, list[Day]]:
        return visits_of(self.held)

    def _out_of(self, host: str) -> int:
        """The days on which held days take a host's own reviewers out of it."""
        if host in self.held:
            return 0
        own = (each.id for each in self.problem.reviewers if each.school == host)
        return self.mask(visit.date for each in own for visit in self._visits.get(each, ()))

    def _limit(self, reviewer: Reviewer) -> int:
        days = reduce(
            or_, (each.days for each in self.hosts.values() if reviewer.id in each.candidates), 0
        )
        days &= self.free[reviewer.id]
        most = self.most_days(days)
        if (each := reviewer.max_days_per_period) is not None:
            within = (min(each, self.most_days(days & period)) for period in self.periods)
            most = min(most, sum(within) + self.most_days(days & ~self.in_periods))
        return most if reviewer.max_days is None else min(most, reviewer.max_days)


def at_least(count: int, masks: Iterable[int]) -> int:
    """The days that stand in at least so many of these sets."""
    reached = [-1] + [0] * count
    for mask in masks:
        for place in range(count, 0, -1):
            reached[place] |= reached[place - 1] & mask
    return reached[count]


def bits(mask: int) -> Iterator[int]:
    """The places of a set, in order."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def smallest(items: Iterable[str], fails: Callable[[list[str]], bool]) -> list[str]:
    """A set that fails of which no part does, out of one that fails."""
    kept = list(items)
    for item in list(kept):
        rest = [each for each in kept if each != item]
        if fails(rest):
            kept = rest
    return kept
