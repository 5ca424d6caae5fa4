"""Why a host has no day, in plain words, with ids as names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.shapes import Day, Host, Unfilled

MOST_NAMED = 3


@dataclass(frozen=True)
class Miss:
    """A day on which a host can almost be visited, and what is in the way."""

    date: date
    lacking: int
    hindrances: tuple[str, ...]


def reasons(openings: Openings, days: Iterable[Day], *, is_proved: bool) -> Iterator[Unfilled]:
    """One for each host that has no day."""
    diagnosis = Diagnosis(openings, tuple(days))
    filled = {day.host for day in diagnosis.days}
    for host in openings.problem.hosts:
        if host.id not in filled:
            yield Unfilled(host.id, diagnosis.reason(host, is_proved=is_proved))


@dataclass(frozen=True)
class Diagnosis:
    """What keeps hosts out of a rota."""

    openings: Openings
    days: tuple[Day, ...]

    def reason(self, host: Host, *, is_proved: bool) -> str:
        """What is in the way by itself, else what the other days take."""
        alone = self._without_any_day(host) or self._without_a_team(host)
        if alone:
            return alone
        if not self.openings.hosts[host.id].days:
            return f"{self._no_day_for(host)}; {self._nearest(host, ())}"
        if self._places_short > 0:
            return f"limits on days out leave {self._places_short} places unfilled, {host.id} among them"
        said = f"{host.id} has days by itself, but none beside the others"
        said = said if is_proved else f"no day for {host.id} was found in the time given"
        return f"{said}; {self._nearest(host, self.days)}"

    def _without_any_day(self, host: Host) -> str:
        settled = self.openings.fixed.get(host.id)
        if settled and not self.openings.host_days(host):
            return f"{host.id} is fixed on {settled.date}, when it is not available"
        if not self.openings.host_days(host):
            return f"{host.id} is not available on any school day"
        return ""

    def _without_a_team(self, host: Host) -> str:
        may, opening = self.openings.may_visit(host.id), self.openings.hosts[host.id]
        stray = sorted(opening.required - set(may))
        if stray:
            return f"{host.id} is fixed with {_listed(stray)}, whom a rule keeps from it"
        if len(may) < opening.size or not may:
            need = max(1, opening.size)
            return f"too few reviewers: {len(may)} may visit {host.id}, and a team needs {need}"
        if opening.required and len(opening.required) != opening.size and self._is_whole(host):
            return f"{host.id} is fixed with {len(opening.required)} reviewers, not {opening.size}"
        if self.openings.leads.isdisjoint(may):
            return f"no trained lead may visit {host.id}"
        return ""

    def _is_whole(self, host: Host) -> bool:
        settled = self.openings.fixed.get(host.id)
        return bool(settled and settled.is_whole)

    def _no_day_for(self, host: Host) -> str:
        """Who would have to be free together."""
        may, size = self.openings.may_visit(host.id), self.openings.hosts[host.id].size
        settled = self.openings.fixed.get(host.id)
        if settled:
            return f"{host.id} is fixed on {settled.date}, when no complete team is free"
        if not any(self.openings.free[each] for each in may if each in self.openings.leads):
            return f"{host.id} has no day on which a trained lead is free"
        if len(may) > size:
            return f"{host.id} has no day on which {size} reviewers are free, a trained lead among them"
        others = f" and {_counted(size - 1, 'other')}" if size > 1 else ""
        return f"{host.id} has no day on which {may[0]}{others} are free"

    def _nearest(self, host: Host, days: Sequence[Day]) -> str:
        """The day on which least is in the way, the earliest of equals."""
        dates = self.openings.dates(self.openings.host_days(host))
        miss = min((self._miss(host, each, days) for each in dates), key=lambda each: each.lacking)
        return f"nearest miss {miss.date}, {_listed(miss.hindrances)}"

    def _miss(self, host: Host, on: date, days: Sequence[Day]) -> Miss:
        may, opening = self.openings.may_visit(host.id), self.openings.hosts[host.id]
        found = {each: self._hindrance(each, on, days) for each in may}
        free = [each for each, hindrance in found.items() if not hindrance]
        has_lead = not self.openings.leads.isdisjoint(free)
        wanted = opening.required or (set(may) if has_lead else self.openings.leads)
        hindered = [f"{each} {why}" for each, why in found.items() if why and each in wanted]
        home = [
            f"{each.id} of {host.id} is out"
            for each in self.openings.problem.reviewers
            if each.school == host.id
            and any(each.id in day.everybody for day in days if day.date == on)
        ]
        lacking = max(
            opening.size - len(free), 0 if has_lead else 1, len(opening.required - set(free))
        )
        return Miss(on, lacking + len(home), (*home, *hindered))

    def _hindrance(self, reviewer: str, on: date, days: Sequence[Day]) -> str:
        """Why somebody can't go out on a day; of what she blocked, only that she isn't available."""
        if not self.openings.free[reviewer] & self.openings.mask([on]):
            return "not available"
        out = [day for day in days if reviewer in day.everybody]
        near = [day for day in out if abs((day.date - on).days) < self.openings.problem.apart]
        if near:
            return f"at {near[0].host} on {near[0].date}"
        if any(day.host == self._school[reviewer] and day.date == on for day in days):
            return f"hosts at {self._school[reviewer]} that day"
        if days and len(out) >= self.openings.limits[reviewer]:
            return "has no day out left"
        return ""

    @cached_property
    def _school(self) -> dict[str, str]:
        return {each.id: each.school for each in self.openings.problem.reviewers}

    @cached_property
    def _places_short(self) -> int:
        """The places in teams beyond what the reviewers' own limits allow altogether."""
        open_ones = [each for each in self.openings.hosts.values() if each.days]
        count = Counter(reviewer for each in open_ones for reviewer in each.candidates)
        most = {each.id: each.max_days for each in self.openings.problem.reviewers}
        allowed = sum(
            days if limit is None else min(days, limit)
            for who, days in count.items()
            for limit in [most[who]]
        )
        return sum(each.size for each in open_ones) - allowed


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listed(words: Sequence[str]) -> str:
    """At most three by name."""
    if len(words) > MOST_NAMED:
        words = [*words[: MOST_NAMED - 1], f"{len(words) - MOST_NAMED + 1} others likewise"]
    *first, last = words or ["nobody"]
    return f"{', '.join(first)} and {last}" if first else last
