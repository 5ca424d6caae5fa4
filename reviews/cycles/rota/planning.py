"""A rota from beginning to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.reasons import reasons
from reviews.cycles.rota.replan import replan
from reviews.cycles.rota.shapes import Day, Problem, Rota, Status, changed_hosts
from reviews.cycles.rota.solving import Effort
from reviews.cycles.rota.stages import draw_up
from reviews.cycles.rota.together import Draft
from reviews.cycles.rota.weights import Costs, Weights


def plan(problem: Problem, effort: Effort | None = None, weights: Weights | None = None) -> Rota:
    """The best rota that is found in the time, with a reason for each host that has no day."""
    effort = (effort or Effort()).from_now()
    costs = Costs(problem, weights or Weights())
    openings = Openings(problem)
    drawing = draw_up if problem.current is None else replan
    draft = drawing(openings, costs, effort)
    days = _with_leads(openings, draft)
    objective = costs.points(draft.teams)
    unfilled = tuple(reasons(openings, days, is_proved=draft.is_proved))
    return Rota(
        status=_status(draft, is_whole=not unfilled),
        objective=objective,
        bound=objective if draft.is_proved else min(objective, draft.bound),
        days=days,
        unfilled=unfilled,
        changed=0 if problem.current is None else len(changed_hosts(problem.current, days)),
    )


def _status(draft: Draft, *, is_whole: bool) -> Status:
    if not is_whole:
        return Status.INFEASIBLE
    return Status.OPTIMAL if draft.is_proved else Status.FEASIBLE


def _with_leads(openings: Openings, draft: Draft) -> tuple[Day, ...]:
    """Who leads is settled, stays as it is, or is whoever of the trained leads least."""
    led: Counter[str] = Counter()
    leads: dict[str, str] = {}
    kept = _settled_leads(openings, draft)
    for host, team in sorted(draft.teams.items(), key=lambda each: _choice(openings, each[1])):
        trained = sorted(team & openings.leads, key=lambda each: (led[each], each))
        leads[host] = kept.get(host) or trained[0]
        led[leads[host]] += 1
    order = sorted(draft.days, key=lambda host: (draft.days[host], host))
    return tuple(
        Day(host, draft.days[host], leads[host], draft.teams[host] - {leads[host]})
        for host in order
    )


def _choice(openings: Openings, team: frozenset[str]) -> int:
    return len(team & openings.leads)


def _settled_leads(openings: Openings, draft: Draft) -> Mapping[str, str]:
    problem = openings.problem
    kept = {
        day.host: day.lead
        for day in problem.current or ()
        if draft.days.get(day.host) == day.date
        and draft.teams[day.host] == day.everybody
        and day.lead in openings.leads
    }
    return kept | {each.host: each.lead for each in problem.fixed if each.lead}
