"""Teams and days in one model: for what the two stages can't settle one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from reviews.cycles.rota.dates import Dates, add_dates
from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.shapes import Day
from reviews.cycles.rota.solving import BOTH, Effort, domain, hint, new_model, search
from reviews.cycles.rota.teams import Teams, add_teams
from reviews.cycles.rota.weights import Costs

if TYPE_CHECKING:
    from reviews.cycles.rota.solving import Outcome, Variable

SHARE_FOR_FILLING = 0.8


@dataclass(frozen=True)
class Draft:
    """Teams with their days; no choice has fewer points than the bound."""

    teams: Mapping[str, frozenset[str]]
    days: Mapping[str, date]
    bound: int
    unfilled_at_least: int = 0
    is_proved: bool = False


@dataclass(frozen=True)
class Joint:
    """The one model, and how it speaks of teams and of days."""

    teams: Teams
    dates: Dates

    def keep(self, day: Day) -> Variable:
        """A literal that a day stays as it is; its host must be one that can."""
        model = self.teams.model
        kept = model.new_bool_var(f"{day.host} keeps its day")
        model.add(self.dates.days[day.host] == day.date.toordinal()).only_enforce_if(kept)
        for reviewer, literal in self.teams.of_host(day.host).items():
            stays = literal if reviewer in day.everybody else literal.negated()
            model.add_implication(kept, stays)
        return kept

    def begin_at(self, teams: Mapping[str, frozenset[str]], days: Mapping[str, date]) -> None:
        """Begin the search at these teams and days."""
        values = self.teams.hints(teams)
        for host, day in days.items():
            values[self.dates.days[host].index] = self.dates.days[host], day.toordinal()
        hint(self.teams.model, values)

    def draft(self, outcome: Outcome) -> Draft:
        """What a search came to."""
        teams = self.teams.chosen(outcome)
        days = self.dates.chosen(outcome, teams)
        return Draft(teams, days, bound=0)


def join(openings: Openings, costs: Costs) -> Joint:
    """Every rule at once."""
    model = new_model()
    teams = add_teams(model, openings, costs)
    masks = {host: openings.hosts[host].days for host in teams.filled}
    dates = add_dates(model, openings, masks, teams.visits, teams.filled)
    for (reviewer, host), literal in teams.visits.items():
        common = masks[host] & openings.free_for(host, reviewer)
        if common != masks[host]:
            free = domain(dates.ordinals(common))
            model.add_linear_expression_in_domain(dates.days[host], free).only_enforce_if(literal)
    return Joint(teams, dates)


def settle_together(openings: Openings, costs: Costs, effort: Effort, known: Draft) -> Draft:
    """The best that is found from a draft that leaves hosts without a day."""
    joint = join(openings, costs)
    model, heavy = joint.teams.model, costs.weights.unfilled
    model.add(joint.teams.unfilled >= known.unfilled_at_least)
    model.minimize(joint.teams.unfilled)
    joint.begin_at(known.teams, known.days)
    fewest = search(model, effort.part(SHARE_FOR_FILLING), BOTH)
    if not fewest.is_found:
        return replace(known, bound=max(known.bound, heavy * fewest.bound))
    draft = joint.draft(fewest)
    model.add(joint.teams.unfilled <= fewest.objective)
    model.minimize(joint.teams.points)
    joint.begin_at(draft.teams, draft.days)
    best = search(model, effort, BOTH)
    draft = joint.draft(best) if best.is_found else draft
    bound = heavy * fewest.bound + (best.bound if fewest.is_proved else 0)
    is_proved = fewest.is_proved and best.is_proved
    return replace(draft, bound=max(known.bound, bound), is_proved=is_proved)
