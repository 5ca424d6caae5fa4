"""What stays when a rota is drawn up: days that are fixed, held or past, and those that are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from reviews.cycles.problem.keys import host_id, reviewer_id
from reviews.cycles.problem.rows import Rows, Standing
from reviews.cycles.rota import Day, FixedDay, Problem, Reviewer

Settled = dict[str, FixedDay]
Aside = dict[str, Day]


def stays(standing: Standing, today: date) -> bool:
    """Whether a published day is never drawn up anew."""
    day = standing.day
    is_kept = day.is_fixed and not standing.is_lost
    return is_kept or day.state == day.State.HELD or day.day < today


def settled_of(
    rows: Rows, problem: Problem, staying: Iterable[Day], today: date
) -> tuple[Settled, Aside]:
    """What stays, by host: fixed whole where its team keeps the rules, else set aside."""
    fixed: Settled = {}
    aside: Aside = {}
    hosts = {host.id for host in problem.hosts}
    published = (day_of(each) for each in rows.standing if stays(each, today))
    for day in (*staying, *published):
        fixed.pop(day.host, None)
        aside.pop(day.host, None)
        if is_whole(problem, day):
            fixed[day.host] = FixedDay(day.host, day.date, day.lead, day.team)
        elif day.host in hosts:
            aside[day.host] = day
    return fixed, aside


def day_of(standing: Standing) -> Day:
    """A published day within a problem; it may have no lead."""
    lead = "" if standing.lead is None else reviewer_id(standing.lead)
    team = frozenset(reviewer_id(each) for each in standing.team)
    return Day(host_id(standing.day.host_id), standing.day.day, lead, team)


def is_whole(problem: Problem, day: Day) -> bool:
    """Whether a day keeps every rule that doesn't ask who is free."""
    people = {each.id: each for each in problem.reviewers}
    may = {
        each.id
        for each in problem.reviewers
        if each.school != day.host and (each.id, day.host) not in problem.forbidden
    }
    size = len(may) if problem.team_size is None else problem.team_size
    return (
        day.host in {host.id for host in problem.hosts}
        and day.date in problem.school_days
        and day.everybody <= may
        and len(day.everybody) == size
        and day.lead in people
        and people[day.lead].is_lead
    )


def beside(problem: Problem, aside: Mapping[str, Day]) -> Problem:
    """The problem without the hosts of days set aside; whoever goes there is out near them."""
    if not aside:
        return problem

    def changed(each: Reviewer) -> Reviewer:
        out = [day.date for day in aside.values() if each.id in day.everybody]
        taken = {
            day for day in problem.school_days for on in out if abs((day - on).days) < problem.apart
        }
        if each.school in aside:
            taken.add(aside[each.school].date)
        most = None if each.max_days is None else max(0, each.max_days - len(out))
        return replace(each, blocked=each.blocked | taken, max_days=most)

    return replace(
        problem,
        hosts=tuple(host for host in problem.hosts if host.id not in aside),
        reviewers=tuple(changed(each) for each in problem.reviewers),
        forbidden=frozenset(pair for pair in problem.forbidden if pair[1] not in aside),
        discouraged=frozenset(pair for pair in problem.discouraged if pair[1] not in aside),
    )


def current_of(rows: Rows, problem: Problem) -> tuple[Day, ...]:
    """The published days of hosts and reviewers who are in the problem."""
    hosts = {host.id for host in problem.hosts}
    people = {each.id for each in problem.reviewers}
    days = (day_of(each) for each in rows.standing)
    return tuple(day for day in days if day.host in hosts and day.lead and day.everybody <= people)


def unblocked(problem: Problem, settled: Settled) -> Problem:
    """What stays stays: the days that it needs are open to it."""
    dates = {host: day.date for host, day in settled.items()}
    out: dict[str, set[date]] = {}
    for day in settled.values():
        for each in day.everybody:
            out.setdefault(each, set()).add(day.date)
    return replace(
        problem,
        hosts=tuple(
            replace(host, blocked=host.blocked - {dates[host.id]}) if host.id in dates else host
            for host in problem.hosts
        ),
        reviewers=tuple(
            replace(each, blocked=each.blocked - out.get(each.id, set()))
            for each in problem.reviewers
        ),
    )
