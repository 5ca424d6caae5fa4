"""Every hard rule, checked from the problem alone: shares nothing with the search but the shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from reviews.cycles.rota.shapes import Day, Problem, Rota


def broken_rules(problem: Problem, rota: Rota) -> list[str]:
    """A sentence for each rule that a rota breaks; none in a good one."""
    days = rota.days
    return [
        *_hosts(problem, rota),
        *(said for day in days for said in (*_team(problem, day), *_free(problem, day))),
        *_apart(problem, days),
        *_at_home(problem, days),
        *_limits(problem, days),
        *_fixed(problem, days),
    ]


def _hosts(problem: Problem, rota: Rota) -> Iterator[str]:
    named = [day.host for day in rota.days] + [each.host for each in rota.unfilled]
    if sorted(named) != sorted(host.id for host in problem.hosts):
        yield "Not every host has exactly one day or one reason."
    if (rota.status == "infeasible") != bool(rota.unfilled):
        yield "The status doesn’t fit the hosts without a day."


def _team(problem: Problem, day: Day) -> Iterator[str]:
    reviewers = {each.id: each for each in problem.reviewers}
    team = [day.lead, *day.team]
    may = {
        each.id
        for each in problem.reviewers
        if each.school != day.host and (each.id, day.host) not in problem.forbidden
    }
    size = len(may) if problem.team_size is None else problem.team_size
    if len(set(team)) != size or day.lead in day.team:
        yield f"The team of {day.host} isn’t complete."
    if not may.issuperset(team):
        yield f"Somebody may not visit {day.host}."
    if not reviewers[day.lead].is_lead:
        yield f"{day.lead} leads at {day.host} without training."


def _free(problem: Problem, day: Day) -> Iterator[str]:
    if day.date not in problem.school_days:
        yield f"{day.date} is no school day."
    if any(day.date in host.blocked for host in problem.hosts if host.id == day.host):
        yield f"{day.host} blocked {day.date}."
    for each in problem.reviewers:
        if each.id in {day.lead, *day.team} and day.date in each.blocked:
            yield f"{each.id} blocked {day.date}."


def _apart(problem: Problem, days: Sequence[Day]) -> Iterator[str]:
    for one, other in combinations(days, 2):
        gap = abs((one.date - other.date).days)
        if gap == 0 or gap < problem.gap_days:
            for each in sorted({one.lead, *one.team} & {other.lead, *other.team}):
                yield f"{each} is out on {one.date} and on {other.date}."


def _at_home(problem: Problem, days: Sequence[Day]) -> Iterator[str]:
    hosting = {(day.host, day.date) for day in days}
    for reviewer in problem.reviewers:
        for day in days:
            if reviewer.id in {day.lead, *day.team} and (reviewer.school, day.date) in hosting:
                yield f"{reviewer.id} is out on {day.date}, when her own school hosts."


def _limits(problem: Problem, days: Sequence[Day]) -> Iterator[str]:
    for each in problem.reviewers:
        out = sum(each.id in {day.lead, *day.team} for day in days)
        if each.max_days is not None and out > each.max_days:
            yield f"{each.id} is out on {out} days, and may be on {each.max_days}."
        for first, last in problem.periods:
            within = [day for day in days if first <= day.date <= last]
            out, most = (
                sum(each.id in {day.lead, *day.team} for day in within),
                each.max_days_per_period,
            )
            if most is not None and out > most:
                yield f"{each.id} is out on {out} days from {first}, and may be on {most}."


def _fixed(problem: Problem, days: Sequence[Day]) -> Iterator[str]:
    for settled in problem.fixed:
        for day in days:
            if day.host != settled.host:
                continue
            is_kept = (
                day.date == settled.date
                and settled.lead in {"", day.lead}
                and (settled.team is None or settled.team <= {day.lead, *day.team})
            )
            if not is_kept:
                yield f"The fixed day of {day.host} was changed."
