"""The days on which a host can almost be visited, and who is in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.shapes import Day, Host, Reviewer

MOST_NAMED = 3


@dataclass(frozen=True)
class Miss:
    """A day, how many are lacking, and what is in the way in words."""

    date: date
    lacking: int
    words: str


@dataclass(frozen=True)
class Misses:
    """The misses of a host beside these days of others."""

    openings: Openings
    days: tuple[Day, ...]

    def nearest(self, host: Host) -> Miss:
        """The day on which fewest are lacking, the earliest of equals."""
        dates = self.openings.dates(self.openings.host_days(host))
        return min((self._miss(host, on) for on in dates), key=lambda each: each.lacking)

    def at_home_out(self, host: str, on: date) -> list[str]:
        """The host's own reviewers who are out on a day, so that it can't host."""
        return [each for each in self._of_school.get(host, ()) if on in self._out[each]]

    def _miss(self, host: Host, on: date) -> Miss:
        opening, leads = self.openings.hosts[host.id], self.openings.leads
        found = {each: self.hindrance(each, on) for each in self.openings.may_visit(host.id)}
        free = {each for each, why in found.items() if not why}
        home = self.at_home_out(host.id, on)
        leaderless = 0 if leads & free else 1
        lacking = max(opening.size - len(free), leaderless, len(opening.required - free))
        wanted = opening.required or (leads if len(free) >= opening.size else found.keys())
        whys: dict[str, list[str]] = {"out": home} if home else {}
        for each, why in found.items():
            if why and each in wanted:
                whys.setdefault(why, []).append(each)
        is_choice = len(found) > opening.size > len(free)
        count = f"only {len(free)} free, " if is_choice else ""
        return Miss(on, lacking + len(home), count + _joined(whys))

    def hindrance(self, reviewer: str, on: date) -> str:
        """Why somebody can't go out on a day; of what she blocked, only that she isn't available."""
        known, out = self._reviewers[reviewer], self._out[reviewer]
        if known.max_days is not None and len(out) >= known.max_days:
            return "without a day out left"
        if self._is_used_up(known, out, on):
            return "without a day out left that half term"
        if not self.openings.free[reviewer] & self.openings.mask([on]):
            return "not available"
        for taken, host in out.items():
            if abs((taken - on).days) < self.openings.problem.apart:
                return f"at {host} on {taken}"
        is_hosting = self._hosted.get(known.school) == on
        return f"needed at {known.school}, which hosts that day" if is_hosting else ""

    def _is_used_up(self, known: Reviewer, out: Mapping[date, str], on: date) -> bool:
        most = known.max_days_per_period
        if most is None:
            return False
        return any(
            first <= on <= last and sum(first <= each <= last for each in out) >= most
            for first, last in self.openings.problem.periods
        )

    @cached_property
    def _reviewers(self) -> Mapping[str, Reviewer]:
        return {each.id: each for each in self.openings.problem.reviewers}

    @cached_property
    def _of_school(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for each in self.openings.problem.reviewers:
            found.setdefault(each.school, []).append(each.id)
        return found

    @cached_property
    def _out(self) -> Mapping[str, dict[date, str]]:
        found: dict[str, dict[date, str]] = {each: {} for each in self._reviewers}
        for day in self.days:
            for each in day.everybody:
                found[each][day.date] = day.host
        return found

    @cached_property
    def _hosted(self) -> Mapping[str, date]:
        return {day.host: day.date for day in self.days}


def listed(names: Sequence[str]) -> str:
    """A few by name, the others counted."""
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _joined(whys: Mapping[str, Sequence[str]]) -> str:
    """Who is hindered, by what hinders them, the most first."""
    most = sorted(whys.items(), key=lambda each: -len(each[1]))
    said = [f"{listed(names)} {why}" for why, names in most[:MOST_NAMED]]
    others = sum(len(names) for _why, names in most[MOST_NAMED:])
    return ", ".join([*said, *([f"{others} others elsewhere"] if others else [])])
