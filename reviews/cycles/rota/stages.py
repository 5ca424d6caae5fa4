"""The two stages one after the other, and both together where that leaves a host without a day."""

from __future__ import annotations

from dataclasses import replace

from reviews.cycles.rota.filling import fill_up
from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.solving import Effort
from reviews.cycles.rota.together import Draft, settle_together
from reviews.cycles.rota.weights import Costs
from reviews.cycles.rota.when import choose_days, place_most, spread_days
from reviews.cycles.rota.who import choose_teams


def draw_up(openings: Openings, costs: Costs, effort: Effort) -> Draft:
    """Teams first, then their days; what doesn't come out even is settled in one model."""
    choice = choose_teams(openings, costs, effort)
    known = Draft(choice.teams, {}, choice.bound, choice.unfilled_at_least, choice.is_proved)
    days = choose_days(openings, choice.teams, effort)
    if len(days) == len(choice.teams):
        draft = replace(known, days=days)
        draft = draft if draft.is_proved else fill_up(openings, costs, draft)
    else:
        days = place_most(openings, choice.teams, effort)
        placed = {host: choice.teams[host] for host in days}
        known = replace(known, teams=placed, days=days, is_proved=False)
        draft = settle_together(openings, costs, effort, fill_up(openings, costs, known))
    is_proved = draft.is_proved or costs.points(draft.teams) <= draft.bound
    days = spread_days(openings, draft.teams, draft.days, effort)
    return replace(draft, days=days, is_proved=is_proved)
