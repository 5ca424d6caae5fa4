"""Why a host has no day, in plain words, with ids as names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reviews.cycles.rota.misses import Misses, listed
from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.shapes import Day, Host, Unfilled


def reasons(openings: Openings, days: Iterable[Day], *, is_proved: bool) -> Iterator[Unfilled]:
    """One for each host that has no day."""
    diagnosis = Diagnosis(openings, tuple(days), is_proved)
    filled = {day.host for day in diagnosis.days}
    for host in openings.problem.hosts:
        if host.id not in filled:
            yield Unfilled(host.id, diagnosis.reason(host))


@dataclass(frozen=True)
class Diagnosis:
    """What keeps hosts out of a rota."""

    openings: Openings
    days: tuple[Day, ...]
    is_proved: bool

    def reason(self, host: Host) -> str:
        """What is in the way by itself, else what the other days take."""
        said = self._without_any_day(host) or self._without_a_team(host)
        if said:
            return said
        if not self.openings.hosts[host.id].days:
            return f"{self._no_day_for(host)}; {_nearest(self._alone, host)}"
        if self._places_short > 0:
            short = f"{self._places_short} places unfilled"
            return f"limits on days out leave {short}, {host.id} among them"
        if self.is_proved:
            said = f"{host.id} has days by itself, but none beside the others"
            return f"{said}; {_nearest(self._beside, host)}"
        said = f"no day for {host.id} was found in the time given"
        nearest = self._beside.nearest(host)
        return f"{said}; {_nearest(self._beside, host)}" if nearest.lacking else said

    def _without_any_day(self, host: Host) -> str:
        settled = self.openings.fixed.get(host.id)
        if settled and not self.openings.host_days(host):
            return f"{host.id} is fixed on {settled.date}, when it is not available"
        if not self.openings.host_days(host):
            return f"{host.id} is not available on any school day"
        return ""

    def _without_a_team(self, host: Host) -> str:
        may, opening = self.openings.may_visit(host.id), self.openings.hosts[host.id]
        settled = self.openings.fixed.get(host.id)
        stray = sorted(opening.required - set(may))
        if stray:
            return f"{host.id} is fixed with {listed(stray)}, whom a rule keeps from it"
        if len(may) < max(1, opening.size):
            need = max(1, opening.size)
            return f"too few reviewers: {len(may)} may visit {host.id}, and a team needs {need}"
        if settled and settled.is_whole and len(opening.required) != opening.size:
            return f"{host.id} is fixed with a team of {len(opening.required)}, not {opening.size}"
        if settled and settled.lead and settled.lead not in self.openings.leads:
            return f"{host.id} is fixed with {settled.lead} as lead, who is not trained to lead"
        if self.openings.leads.isdisjoint(may):
            return f"no trained lead may visit {host.id}"
        return ""

    def _no_day_for(self, host: Host) -> str:
        """Who would have to be free together."""
        may, size = self.openings.may_visit(host.id), self.openings.hosts[host.id].size
        settled = self.openings.fixed.get(host.id)
        if settled:
            return f"{host.id} is fixed on {settled.date}, when no complete team is free"
        if not any(self.openings.free[each] for each in may if each in self.openings.leads):
            return f"{host.id} has no day on which a trained lead is free"
        if len(may) > size:
            who = f"{size} reviewers are free" if size > 1 else "a reviewer is free"
            return f"{host.id} has no day on which {who}, a trained lead among them"
        others = {1: " is", 2: " and 1 other are"}.get(size, f" and {size - 1} others are")
        return f"{host.id} has no day on which {may[0]}{others} free"

    @cached_property
    def _alone(self) -> Misses:
        return Misses(self.openings, tuple(self.openings.held.values()))

    @cached_property
    def _beside(self) -> Misses:
        return Misses(self.openings, self.days)

    @cached_property
    def _places_short(self) -> int:
        """The places in teams beyond what the reviewers' own limits allow altogether."""
        open_ones = [each for each in self.openings.hosts.values() if each.days]
        count = Counter(reviewer for each in open_ones for reviewer in each.candidates)
        limits = {each.id: each.max_days for each in self.openings.problem.reviewers}
        allowed = 0
        for who, days in count.items():
            limit = limits[who]
            allowed += days if limit is None else min(days, limit)
        return sum(each.size for each in open_ones) - allowed


def _nearest(misses: Misses, host: Host) -> str:
    nearest = misses.nearest(host)
    return f"nearest miss {nearest.date}, {nearest.words}"
