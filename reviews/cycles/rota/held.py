"""Days that are settled whole and keep every rule together: they stay, and others go round them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import combinations

from reviews.cycles.rota.shapes import Day, Problem, Reviewer


def held_days(problem: Problem) -> Mapping[str, Day]:
    """By host; none when two of them, or one by itself, can't be: then the search decides."""
    days = [
        Day(each.host, each.date, each.lead, each.team - {each.lead})
        for each in problem.fixed
        if each.lead and each.team is not None
    ]
    reviewers = {each.id: each for each in problem.reviewers}
    is_good = (
        all(_stands(problem, day, reviewers) for day in days)
        and not any(_clash(problem, *two, reviewers) for two in combinations(days, 2))
        and _is_within_limits(days, reviewers)
        and all(_is_within_period(days, each, reviewers) for each in problem.periods)
    )
    return {day.host: day for day in days} if is_good else {}


def _stands(problem: Problem, day: Day, reviewers: Mapping[str, Reviewer]) -> bool:
    may = {
        each.id
        for each in problem.reviewers
        if each.school != day.host and (each.id, day.host) not in problem.forbidden
    }
    blocked = {date for host in problem.hosts if host.id == day.host for date in host.blocked}
    return (
        day.date in problem.school_days
        and day.date not in blocked
        and day.everybody <= may
        and len(day.everybody) == (problem.team_size or len(may))
        and reviewers[day.lead].is_lead
        and not any(day.date in reviewers[each].blocked for each in day.everybody)
    )


def _clash(problem: Problem, one: Day, other: Day, reviewers: Mapping[str, Reviewer]) -> bool:
    if abs((one.date - other.date).days) < problem.apart and one.everybody & other.everybody:
        return True
    return one.date == other.date and (
        any(reviewers[each].school == other.host for each in one.everybody)
        or any(reviewers[each].school == one.host for each in other.everybody)
    )


def _is_within_limits(days: list[Day], reviewers: Mapping[str, Reviewer]) -> bool:
    out = Counter(each for day in days for each in day.everybody)
    limits = {who: reviewers[who].max_days for who in out}
    return all(limit is None or out[who] <= limit for who, limit in limits.items())


def _is_within_period(
    days: list[Day], period: tuple[date, date], reviewers: Mapping[str, Reviewer]
) -> bool:
    first, last = period
    within = [day for day in days if first <= day.date <= last]
    out = Counter(each for day in within for each in day.everybody)
    limits = {who: reviewers[who].max_days_per_period for who in out}
    return all(limit is None or out[who] <= limit for who, limit in limits.items())


def visits_of(days: Mapping[str, Day]) -> Mapping[str, list[Day]]:
    """The days on which each reviewer is out."""
    found = defaultdict(list)
    for day in days.values():
        for each in day.everybody:
            found[each].append(day)
    return found
