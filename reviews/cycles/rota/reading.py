"""A problem from JSON, and a rota to JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from reviews.cycles.rota.entries import WHOLE, Entry, FaultyProblem, shown
from reviews.cycles.rota.shapes import Day, FixedDay, Host, Problem, Reviewer, Rota

ALL = "all"


class Named(Protocol):
    """A host or a reviewer."""

    @property
    def id(self) -> str:
        """By which other entries speak of it."""


class OfHost(Protocol):
    """A day, whole or as far as it is settled."""

    @property
    def host(self) -> str:
        """Whose day it is."""


N = TypeVar("N", bound=Named)
D = TypeVar("D", bound=OfHost)


def read_problem(content: str | bytes) -> Problem:
    """The problem that a JSON text holds; what is unavailable counts as blocked."""
    try:
        raw = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FaultyProblem(f"The problem isn’t JSON: {error}.") from error
    if not isinstance(raw, dict):
        raise FaultyProblem('The problem must be an object with "hosts" and "reviewers".')
    entry = Entry(WHOLE, raw)
    problem = _problem(entry)
    for lost in entry.entries("unavailable", "Unavailable"):
        who = _either(lost, problem)
        problem = problem.without(who, lost.days("dates", is_needed=True))
    return problem


def rota_as_json(rota: Rota) -> str:
    """A rota as it is written to a file."""
    days = [
        {
            "host": day.host,
            "date": day.date.isoformat(),
            "lead": day.lead,
            "team": sorted(day.team),
        }
        for day in rota.days
    ]
    whole = {
        "status": rota.status,
        "objective": rota.objective,
        "bound": rota.bound,
        "days": days,
        "unfilled": [{"host": each.host, "reason": each.reason} for each in rota.unfilled],
        "changed": rota.changed,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Names:
    """The ids that other entries may speak of."""

    hosts: frozenset[str]
    reviewers: frozenset[str]

    def pairs(self, entry: Entry, key: str) -> frozenset[tuple[str, str]]:
        """Pairs of a reviewer and a host."""
        return frozenset(
            self._pair(Entry(f'Pair {place} of "{key}"', {}), each)
            for place, each in enumerate(entry.listed(key), start=1)
        )

    def fixed_days(self, entry: Entry) -> tuple[FixedDay, ...]:
        """The days that are settled, each as far as it is."""
        days = [self._fixed_day(each) for each in entry.entries("fixed", "Fixed day")]
        return _one_for_each_host("Fixed day", days)

    def current_days(self, entry: Entry) -> tuple[Day, ...] | None:
        """The days as they stand, where there is a rota to be changed."""
        if entry.raw.get("current") is None:
            return None
        days = [self._day(each) for each in entry.entries("current", "Current day")]
        return _one_for_each_host("Current day", days)

    def _fixed_day(self, entry: Entry) -> FixedDay:
        lead = entry.text("lead")
        return FixedDay(
            host=self._host(entry, entry.text("host", is_needed=True)),
            date=entry.day("date"),
            lead=self._reviewer(entry, lead) if lead else "",
            team=self._team(entry, lead) if entry.raw.get("team") is not None else None,
        )

    def _day(self, entry: Entry) -> Day:
        lead = self._reviewer(entry, entry.text("lead", is_needed=True))
        host = self._host(entry, entry.text("host", is_needed=True))
        return Day(host, entry.day("date"), lead, self._team(entry, lead))

    def _pair(self, entry: Entry, raw: object) -> tuple[str, str]:
        match raw:
            case [str(reviewer), str(host)]:
                return self._reviewer(entry, reviewer), self._host(entry, host)
        raise entry.fault(f"must be a reviewer and a host, not {shown(raw)}")

    def _team(self, entry: Entry, lead: str) -> frozenset[str]:
        team = [self._reviewer(entry, each) for each in entry.listed("team")]
        if lead in team or len(set(team)) < len(team):
            raise entry.fault('its "team" names somebody twice, or the lead')
        return frozenset(team)

    def _host(self, entry: Entry, host: object) -> str:
        if not isinstance(host, str) or host not in self.hosts:
            raise entry.fault(f"there is no host {shown(host)}")
        return host

    def _reviewer(self, entry: Entry, reviewer: object) -> str:
        if not isinstance(reviewer, str) or reviewer not in self.reviewers:
            raise entry.fault(f"there is no reviewer {shown(reviewer)}")
        return reviewer


def _problem(entry: Entry) -> Problem:
    listed = [_host(each) for each in entry.entries("hosts", "Host")]
    hosts = _once("Host", listed)
    reviewers = _once("Reviewer", [_reviewer(x) for x in entry.entries("reviewers", "Reviewer")])
    names = Names(frozenset(hosts), frozenset(reviewers))
    days = entry.days("school_days", is_needed=True)
    fixed = names.fixed_days(entry)
    for each in fixed:
        if each.date not in days:
            raise FaultyProblem(f"Fixed day {shown(each.host)}: {each.date} is no school day.")
    return Problem(
        school_days=tuple(sorted(days)),
        hosts=tuple(hosts.values()),
        reviewers=tuple(reviewers.values()),
        team_size=_team_size(entry),
        gap_days=entry.number("gap_days") or 0,
        forbidden=names.pairs(entry, "forbidden_pairs"),
        discouraged=names.pairs(entry, "discouraged_pairs"),
        fixed=fixed,
        current=names.current_days(entry),
        periods=_periods(entry),
    )


def _host(entry: Entry) -> Host:
    return Host(
        id=entry.text("id", is_needed=True),
        blocked=entry.days("blocked"),
        easting=entry.metres("easting"),
        northing=entry.metres("northing"),
        phase=entry.text("phase"),
        group=entry.text("group"),
    )


def _reviewer(entry: Entry) -> Reviewer:
    return Reviewer(
        id=entry.text("id", is_needed=True),
        school=entry.text("school"),
        is_lead=entry.flag("lead"),
        blocked=entry.days("blocked"),
        max_days=entry.number("max_days"),
        max_days_per_period=entry.number("max_days_per_period"),
    )


def _team_size(entry: Entry) -> int | None:
    size = entry.raw.get("team_size")
    if size == ALL:
        return None
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        said = f'its "team_size" must be a whole number from 1, or "all", not {shown(size)}'
        raise FaultyProblem(f"The problem: {said}.")
    return size


def _periods(entry: Entry) -> tuple[tuple[date, date], ...]:
    periods = [(each.day("first"), each.day("last")) for each in entry.entries("periods", "Period")]
    for place, (first, last) in enumerate(periods, start=1):
        if last < first:
            raise FaultyProblem(f"Period {place} ends before it begins.")
    for (_first, last), (later, _last) in pairwise(sorted(periods)):
        if later <= last:
            raise FaultyProblem(f"Two periods hold {later}.")
    return tuple(periods)


def _either(entry: Entry, problem: Problem) -> str:
    who = entry.text("id", is_needed=True)
    reviewers = {each.id for each in problem.reviewers}
    if who not in reviewers | {each.id for each in problem.hosts}:
        raise entry.fault("there is neither a host nor a reviewer of this id")
    return who


def _once(kind: str, listed: Iterable[N]) -> dict[str, N]:
    found: dict[str, N] = {}
    for each in listed:
        if each.id in found:
            raise FaultyProblem(f"{kind} {shown(each.id)} is listed twice.")
        found[each.id] = each
    return found


def _one_for_each_host(kind: str, days: Iterable[D]) -> tuple[D, ...]:
    found: dict[str, D] = {}
    for day in days:
        if day.host in found:
            raise FaultyProblem(f"{kind} {shown(day.host)} is listed twice.")
        found[day.host] = day
    return tuple(found.values())
