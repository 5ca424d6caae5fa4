"""The rules and weights of teams, in the solver's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING

from reviews.cycles.rota.openings import Opening, Openings
from reviews.cycles.rota.solving import weighted
from reviews.cycles.rota.weights import Costs

if TYPE_CHECKING:
    from reviews.cycles.rota.solving import Expression, Model, Outcome, Variable

Visit = tuple[str, str]


@dataclass
class Teams:
    """Who visits whom, undecided: a literal for each possible visit and for each host's day."""

    model: Model
    openings: Openings
    filled: dict[str, Variable] = field(default_factory=dict)
    visits: dict[Visit, Variable] = field(default_factory=dict)
    terms: list[tuple[Expression, int]] = field(default_factory=list)

    @property
    def points(self) -> Expression:
        """The sum of what is to be kept small, once as many hosts as can be have a day."""
        return weighted(self.terms)

    @property
    def unfilled(self) -> Expression:
        """How many hosts have no team, those included that can't have one."""
        filled = [(each, -1) for each in self.filled.values()]
        return weighted(filled, len(self.openings.hosts))

    def of_host(self, host: str) -> dict[str, Variable]:
        """The reviewers who may visit a host, with their literals."""
        candidates = self.openings.hosts[host].candidates if host in self.filled else ()
        return {each: self.visits[each, host] for each in candidates}

    def chosen(self, outcome: Outcome) -> dict[str, frozenset[str]]:
        """The teams that a search chose, by host."""
        return {
            host: frozenset(
                each for each, literal in self.of_host(host).items() if outcome.value(literal)
            )
            for host, filled in self.filled.items()
            if outcome.value(filled)
        }

    def hints(self, teams: Mapping[str, frozenset[str]]) -> dict[int, tuple[Variable, int]]:
        """These teams as a place to begin."""
        found = {each.index: (each, int(host in teams)) for host, each in self.filled.items()}
        for (reviewer, host), each in self.visits.items():
            found.setdefault(each.index, (each, int(reviewer in teams.get(host, ()))))
        return found


def add_teams(model: Model, openings: Openings, costs: Costs) -> Teams:
    """Every rule on who visits whom, and the weights; nothing yet of days."""
    teams = Teams(model, openings)
    for host, opening in openings.hosts.items():
        if opening.days:
            _add_team(teams, host, opening)
    _limit_days_out(teams)
    teams.terms += [
        (literal, points)
        for visit, literal in teams.visits.items()
        if (points := costs.visit(*visit))
    ]
    if costs.is_choice:
        _weigh_mutual_pairs(teams, costs)
        _weigh_shares(teams, costs)
    if costs.has_phases:
        _weigh_phases(teams, costs)
    return teams


def _add_team(teams: Teams, host: str, opening: Opening) -> None:
    """A team complete or none, a trained lead in it."""
    model, leads = teams.model, teams.openings.leads
    filled = teams.filled[host] = model.new_bool_var(f"{host} is filled")
    if host in teams.openings.held:
        model.add(filled == 1)
    if opening.is_settled:
        teams.visits |= {(each, host): filled for each in opening.candidates}
        return
    for each in opening.candidates:
        is_required = each in opening.required
        teams.visits[each, host] = (
            filled if is_required else model.new_bool_var(f"{each} visits {host}")
        )
    team = teams.of_host(host)
    model.add(weighted([(each, 1) for each in team.values()]) == opening.size * filled)
    model.add(weighted([(literal, 1) for each, literal in team.items() if each in leads]) >= filled)
    for literal in team.values():
        model.add_implication(literal, filled)


def _limit_days_out(teams: Teams) -> None:
    for reviewer, limit in teams.openings.limits.items():
        days = [(each, 1) for visit, each in teams.visits.items() if visit[0] == reviewer]
        if len(days) > limit:
            teams.model.add(weighted(days) <= limit)


def _weigh_mutual_pairs(teams: Teams, costs: Costs) -> None:
    for one, other in combinations(costs.reviewers_of, 2):
        there = [(each, other) for each in costs.reviewers_of[one]]
        back = [(each, one) for each in costs.reviewers_of[other]]
        pairs = [
            (teams.visits[go], teams.visits[come])
            for go, come in product(there, back)
            if go in teams.visits and come in teams.visits
        ]
        if pairs:
            mutual = teams.model.new_bool_var(f"{one} and {other} visit one another")
            teams.terms.append((mutual, costs.weights.mutual))
        for go, come in pairs:
            teams.model.add(go + come - mutual <= 1)


def _weigh_shares(teams: Teams, costs: Costs) -> None:
    for reviewer, limit in teams.openings.limits.items():
        days = [(each, 1) for visit, each in teams.visits.items() if visit[0] == reviewer]
        most = min(limit, len(days)) - costs.fair_share
        if most > 0:
            beyond = teams.model.new_int_var(0, most, f"{reviewer} beyond her share")
            teams.model.add(weighted([*days, (beyond, -1)]) <= costs.fair_share)
            teams.terms.append((beyond, costs.weights.share))


def _weigh_phases(teams: Teams, costs: Costs) -> None:
    for host, filled in teams.filled.items():
        team = teams.of_host(host)
        unmixed = teams.model.new_bool_var(f"{host} sees one phase")
        teams.terms.append((unmixed, costs.weights.phases))
        for phase in sorted({costs.phase(each) for each in team} - {""}):
            others = [(lit, 1) for each, lit in team.items() if costs.phase(each) != phase]
            teams.model.add(weighted([*others, (unmixed, 1)]) >= filled)
