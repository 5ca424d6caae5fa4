"""The first stage: who visits whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviews.cycles.rota.cuts import Conflict, conflicts
from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.solving import TEAMS, Effort, hint, new_model, search, weighted
from reviews.cycles.rota.teams import Teams, add_teams
from reviews.cycles.rota.weights import Costs

SHARE_FOR_DAYS = 0.25


@dataclass(frozen=True)
class Choice:
    """The teams by host; a host without one can't be filled, or wasn't in time."""

    teams: Mapping[str, frozenset[str]]
    bound: int
    unfilled_at_least: int
    is_proved: bool


def choose_teams(openings: Openings, costs: Costs, effort: Effort) -> Choice:
    """The best teams each of which has a day in common.

    Teams that have none come back as cuts, and the choice begins again where it stood.
    """
    stage = FirstStage(openings, costs, effort, effort.left * SHARE_FOR_DAYS)
    while True:
        is_proved = stage.choose()
        new = conflicts(openings, stage.teams)
        if not new or stage.is_over:
            least = stage.unfilled_at_least
            return Choice(stage.teams, stage.bound, least, is_proved and not new)
        stage.cuts |= new


@dataclass
class FirstStage:
    """The search so far: its cuts, its best teams, and how many hosts can't have one."""

    openings: Openings
    costs: Costs
    effort: Effort
    ends: float
    cuts: set[Conflict] = field(default_factory=set)
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unfilled: int = 0
    unfilled_at_least: int = 0
    bound: int = 0

    def __post_init__(self) -> None:
        """Hosts that nobody can visit are known from the start."""
        self.unfilled = sum(not each.days for each in self.openings.hosts.values())
        self.unfilled_at_least = self.unfilled

    @property
    def is_over(self) -> bool:
        """Whether the rest of the time belongs to the days."""
        return self.effort.left <= self.ends or self.effort.is_stopped

    @property
    def seconds(self) -> float:
        """How long the next search may take; once there are cuts, time is left for another."""
        return max(0.0, self.effort.left - self.ends) / (2 if self.cuts else 1)

    def choose(self) -> bool:
        """Search for teams with as few hosts left out as is known; whether none are better."""
        teams = self._model()
        teams.model.add(teams.unfilled <= self.unfilled)
        teams.model.minimize(teams.points)
        outcome = search(teams.model, self.effort, TEAMS, self.seconds)
        if outcome.is_impossible and self._find_fewest_unfilled():
            return self.choose()
        heavy = self.costs.weights.unfilled * self.unfilled_at_least
        if outcome.is_found:
            self.teams = teams.chosen(outcome)
        is_least = self.unfilled == self.unfilled_at_least
        self.bound = max(self.bound, heavy + (outcome.bound if is_least else 0))
        return outcome.is_proved and is_least

    def _find_fewest_unfilled(self) -> bool:
        """How many hosts must be left out; whether that is more than was thought."""
        teams = self._model()
        teams.model.minimize(teams.unfilled)
        outcome = search(teams.model, self.effort, TEAMS, self.seconds / 2)
        if not outcome.is_found:
            return False
        self.teams = teams.chosen(outcome)
        self.unfilled_at_least = max(self.unfilled_at_least, outcome.bound)
        is_more, self.unfilled = outcome.objective > self.unfilled, outcome.objective
        return is_more

    def _model(self) -> Teams:
        model = new_model()
        teams = add_teams(model, self.openings, self.costs)
        for cut in self.cuts:
            model.add(weighted([(teams.visits[visit], 1) for visit in cut]) <= len(cut) - 1)
        if self.teams:
            hint(model, teams.hints(self.teams))
        return teams
