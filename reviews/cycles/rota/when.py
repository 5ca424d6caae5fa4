"""The second stage: on which days the chosen teams come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reviews.cycles.rota.dates import add_dates, unevenness
from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.solving import DAYS, Effort, new_model, search, weighted

SECONDS_FOR_EVEN_WEEKS = 5.0
SHARE_OF_TIME = 0.2
NO_DAYS: Mapping[str, date] = {}

Chosen = Mapping[str, frozenset[str]]


def choose_days(
    openings: Openings, teams: Chosen, effort: Effort, known: Mapping[str, date] = NO_DAYS
) -> Mapping[str, date]:
    """A day for every team, the weeks as even as is found in the time; `known` if none is found."""
    masks = {host: openings.common_days(host, team) for host, team in teams.items()}
    if not all(masks.values()):
        return known
    model = new_model()
    visits = {(reviewer, host): True for host, team in teams.items() for reviewer in team}
    dates = add_dates(model, openings, masks, visits, dict.fromkeys(teams, True))
    model.minimize(unevenness(dates, masks))
    for host, day in known.items():
        model.add_hint(dates.days[host], day.toordinal())
    outcome = search(model, effort, DAYS, _seconds(effort))
    return dates.chosen(outcome, teams) if outcome.is_found else known


def place_most(openings: Openings, teams: Chosen, effort: Effort) -> Mapping[str, date]:
    """Days for as many of the teams as can be found in the time."""
    masks = {host: openings.common_days(host, team) for host, team in teams.items()}
    masks = {host: mask for host, mask in masks.items() if mask}
    model = new_model()
    filled = {host: model.new_bool_var(f"{host} is filled") for host in masks}
    visits = {(each, host): filled[host] for host in masks for each in teams[host]}
    dates = add_dates(model, openings, masks, visits, filled)
    model.maximize(weighted([(each, 1) for each in filled.values()]))
    outcome = search(model, effort, DAYS, _seconds(effort))
    if not outcome.is_found:
        return NO_DAYS
    return dates.chosen(outcome, [host for host in filled if outcome.value(filled[host])])


def _seconds(effort: Effort) -> float:
    return min(SECONDS_FOR_EVEN_WEEKS, effort.seconds * SHARE_OF_TIME)
