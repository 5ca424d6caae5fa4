"""Small problems, and every rota of a tiny one."""

from datetime import date, timedelta
from itertools import combinations, product

from reviews.cycles.rota import (
    Costs,
    Day,
    Effort,
    Host,
    Problem,
    Reviewer,
    Rota,
    Unfilled,
    Weights,
    broken_rules,
    changed_hosts,
    plan,
)

MONDAY = date(2027, 1, 11)


def days(count, *, every=1):
    return tuple(MONDAY + timedelta(days=every * n) for n in range(count))


def school(number, **facts):
    return Host(f"h{number}", **facts)


def head(number, **facts):
    return Reviewer(f"r{number}", **{"school": f"h{number}", "is_lead": True} | facts)


def cycle(schools, team_size, *, on=None, **facts):
    """A cycle of so many schools, whose heads may all lead, on four Mondays."""
    whole = {
        "school_days": on or days(4, every=7),
        "hosts": tuple(school(n) for n in range(1, schools + 1)),
        "reviewers": tuple(head(n) for n in range(1, schools + 1)),
        "team_size": team_size,
    }
    return Problem(**whole | facts)


def planned(problem, seconds=5):
    """The rota of a search that comes out the same each time, and keeps every rule."""
    rota = plan(problem, Effort(seconds, workers=1))
    assert broken_rules(problem, rota) == []
    return rota


def fewest(problem):
    """The fewest hosts without a day, then changed, then points, out of every possible rota.

    A host whose day is settled whole has it, if it can be.
    """
    found = [()]
    settled = {each.host for each in problem.fixed if each.is_whole}
    for host in sorted(problem.hosts, key=lambda each: each.id not in settled):
        options = list(_options(problem, host.id))
        if options and host.id in settled:
            found = [tuple(options)]
            continue
        longer = ((*held, day) for held in found for day in options)
        found += [held for held in longer if not broken_rules(problem, _rota(problem, held))]
    return min(_weighed(problem, held) for held in found)


def _options(problem, host):
    may = [
        each
        for each in problem.reviewers
        if each.school != host and (each.id, host) not in problem.forbidden
    ]
    size = problem.team_size or len(may)
    usual = {day.host: day.lead for day in problem.current or ()}
    for on, team in product(problem.school_days, combinations(may, size)):
        ids = {each.id for each in team}
        leads = sorted(
            (each.id for each in team if each.is_lead), key=lambda each: each != usual.get(host)
        )
        if leads:
            day = Day(host, on, leads[0], frozenset(ids - {leads[0]}))
            if not broken_rules(problem, _rota(problem, [day])):
                yield day


def _weighed(problem, held):
    teams = {day.host: day.everybody for day in held}
    changed = 0 if problem.current is None else len(changed_hosts(problem.current, held))
    return len(problem.hosts) - len(held), changed, Costs(problem, Weights()).points(teams)


def _rota(problem, held):
    missing = {host.id for host in problem.hosts} - {day.host for day in held}
    unfilled = tuple(Unfilled(host, "") for host in missing)
    return Rota("infeasible" if missing else "optimal", 0, 0, tuple(held), unfilled)
