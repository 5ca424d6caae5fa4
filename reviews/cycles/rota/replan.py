"""When a host or a reviewer falls out: the fewest days that change, proved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.shapes import Day, FixedDay
from reviews.cycles.rota.solving import BOTH, Effort, search, weighted
from reviews.cycles.rota.stages import draw_up
from reviews.cycles.rota.together import Draft, Joint, join
from reviews.cycles.rota.weights import Costs

if TYPE_CHECKING:
    from reviews.cycles.rota.solving import Expression

SHARE_FOR_THE_AFFECTED = 0.4
SHARE_FOR_THE_FEWEST = 0.7


def replan(openings: Openings, costs: Costs, effort: Effort) -> Draft:
    """As many days as can be, with the fewest changed, and of those the fewest points.

    A day that breaks a rule must change. When only those change and every host that can be visited at
    all has its day, no rota changes fewer; otherwise one model weighs which others to change.
    """
    standing = [day for day in openings.problem.current or () if stands(openings, day)]
    kept = _keeping(openings, standing)
    draft = draw_up(kept, costs, effort.part(SHARE_FOR_THE_AFFECTED))
    if draft.teams.keys() >= {host for host, each in openings.hosts.items() if each.days}:
        return draft
    return _with_fewest_changed(openings, costs, effort, standing, draft)


def stands(openings: Openings, day: Day) -> bool:
    """Whether a day, taken by itself, still keeps every rule."""
    opening, settled = openings.hosts[day.host], openings.fixed.get(day.host)
    return (
        opening.required <= day.everybody
        and day.everybody.issubset(opening.candidates)
        and len(day.everybody) == opening.size
        and day.lead in openings.leads
        and (settled is None or settled.lead in {"", day.lead})
        and bool(openings.common_days(day.host, day.everybody) & openings.mask([day.date]))
    )


def _keeping(openings: Openings, days: list[Day]) -> Openings:
    """The same problem with these days settled."""
    settled = {day.host: FixedDay(day.host, day.date, day.lead, day.team) for day in days}
    fixed = {**openings.fixed, **settled}
    return Openings(replace(openings.problem, fixed=tuple(fixed.values())))


def _with_fewest_changed(
    openings: Openings, costs: Costs, effort: Effort, standing: list[Day], known: Draft
) -> Draft:
    joint = join(openings, costs)
    model = joint.teams.model
    changes = _changes(joint, openings, standing)
    model.minimize(changes)
    joint.begin_at(known.teams, known.days)
    fewest = search(model, effort.part(SHARE_FOR_THE_FEWEST), BOTH)
    if not fewest.is_found:
        return replace(known, is_proved=False)
    draft = joint.draft(fewest)
    model.add(changes <= fewest.objective)
    model.minimize(joint.teams.points)
    joint.begin_at(draft.teams, draft.days)
    best = search(model, effort, BOTH)
    if not best.is_found:
        return replace(draft, bound=0, is_proved=False)
    return replace(joint.draft(best), is_proved=fewest.is_proved and best.is_proved)


def _changes(joint: Joint, openings: Openings, standing: list[Day]) -> Expression:
    """Hosts without a day, far above days that change; a new day is one that changes."""
    filled = joint.teams.filled
    had = {day.host for day in openings.problem.current or ()}
    far = len(openings.hosts) + 1
    kept = [(joint.keep(day), -1) for day in standing]
    new = [(each, 1) for host, each in filled.items() if host not in had]
    unfilled = [(each, -far) for each in filled.values()]
    return weighted([*kept, *new, *unfilled], far * len(filled) + len(standing))
