"""Each promise of the rota: a problem, the seconds it has, and what must come of it."""

import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic

from reviews.cycles.rota import broken_rules, plan
from tests.benchmarks.rota.problems import cycle

ROW = "{:<29}{:>5}{:>9}{:>8}  {:<11}{:>12}{:>12}{:>8}{:>7}{:>9}{:>6}  {}"
HEAD = ("problem", "seed", "allowed", "took", "status", "points", "bound", "gap")
HEAD += ("days", "changed", "must", "kept")


@dataclass(frozen=True)
class Promise:
    name: str
    schools: int
    team_size: int | None
    seconds: float
    most_gap: float = 0.0
    is_impossible: bool = False

    def is_kept(self, rota):
        if self.is_impossible:
            return rota.status == "infeasible" and all(each.reason for each in rota.unfilled)
        is_good = rota.status == "optimal" or self.most_gap > 0
        return is_good and not rota.unfilled and gap(rota) <= self.most_gap


PROMISES = (
    Promise("7 schools, all the others", 7, None, 2),
    Promise("7 schools, teams of 3", 7, 3, 2),
    Promise("11 schools, teams of 4", 11, 4, 2),
    Promise("30 schools, teams of 4", 30, 4, 10, most_gap=0.01),
    Promise("100 schools, teams of 4", 100, 4, 60, most_gap=0.02),
    Promise("30 schools, all the others", 30, None, 10, is_impossible=True),
)


def measure(only, seeds, effort):
    """Print a row for each promise, seed and re-plan; 1 if a promise is broken."""
    say(ROW.format(*HEAD))
    kept = [
        each
        for promise in PROMISES
        if only in promise.name
        for seed in seeds
        for each in rows(promise, seed, effort)
    ]
    say(f"{sum(kept)} of {len(kept)} promises kept.")
    return 0 if all(kept) else 1


def rows(promise, seed, effort):
    """A row for the rota, and one for each re-plan of it."""
    problem = cycle(promise.schools, promise.team_size, seed=seed)
    effort = replace(effort, seconds=promise.seconds)
    rota, took = timed(problem, effort)
    yield tell(promise.name, seed, problem, rota, took, effort, promise.is_kept(rota))
    if promise.is_impossible:
        say(f"    {rota.unfilled[0].reason}")
        return
    for name, lost in losses(problem, rota):
        changed = replace(lost, current=rota.days)
        found, took = timed(changed, effort)
        is_least = found.objective == found.bound or found.changed <= must_change(changed)
        yield tell(f"  {name}", seed, changed, found, took, effort, is_least)


def losses(problem, rota):
    """An inspection call at one school for a week, and a head who falls ill until the end."""
    middle = rota.days[len(rota.days) // 2]
    week = [middle.date + timedelta(days=n) for n in range(-2, 5)]
    rest = [day for day in problem.school_days if day >= middle.date]
    yield "re-plan, an inspection", problem.without(middle.host, week)
    yield "re-plan, a head is ill", problem.without(middle.lead, rest)


def must_change(problem):
    """How many days can't stay, whatever else changes."""
    schools = {each.id: each.blocked for each in problem.hosts}
    heads = {each.id: each.blocked for each in problem.reviewers}
    return sum(
        any(day.date in heads[each] for each in day.everybody) or day.date in schools[day.host]
        for day in problem.current
    )


def timed(problem, effort):
    """The rota, and the seconds that it took, the solver loaded."""
    began = monotonic()
    return plan(problem, effort), monotonic() - began


def tell(name, seed, problem, rota, took, effort, is_kept):
    """Print one row; whether its promise is kept, and every rule with it."""
    is_replan = problem.current is not None
    is_kept = is_kept and not broken_rules(problem, rota)
    row = (
        *(name, seed, f"{effort.seconds:.0f} s", f"{took:.2f} s", rota.status),
        *(f"{rota.objective:,}", f"{rota.bound:,}", f"{gap(rota):.2%}"),
        len(rota.days),
        *((rota.changed, must_change(problem)) if is_replan else ("", "")),
        "yes" if is_kept else "NO",
    )
    say(ROW.format(*row))
    return is_kept


def gap(rota):
    """How far the points may be above the best, as a share."""
    return (rota.objective - rota.bound) / max(1, rota.objective)


def say(words):
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
