"""The second stage: on which days the chosen teams come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reviews.cycles.rota.dates import Dates, add_dates, unevenness
from reviews.cycles.rota.openings import Openings
from reviews.cycles.rota.solving import DAYS, Effort, new_model, search, weighted

SECONDS_FOR_EVEN_WEEKS = 5.0
SHARE_FOR_EVEN_WEEKS = 0.2
NO_DAYS: Mapping[str, date] = {}

Chosen = Mapping[str, frozenset[str]]


def choose_days(openings: Openings, teams: Chosen, effort: Effort) -> Mapping[str, date]:
    """A day for every team, or none at all when that isn't possible or wasn't found in time."""
    masks = _masks(openings, teams)
    if not teams or not all(masks.values()):
        return NO_DAYS
    dates = _dates(openings, teams, masks)
    outcome = search(dates.model, effort, DAYS)
    return dates.chosen(outcome, teams) if outcome.is_found else NO_DAYS


def spread_days(
    openings: Openings, teams: Chosen, days: Mapping[str, date], effort: Effort
) -> Mapping[str, date]:
    """The same teams on other days, the weeks as even as is found in a little time."""
    masks = _masks(openings, teams)
    seconds = min(SECONDS_FOR_EVEN_WEEKS, effort.seconds * SHARE_FOR_EVEN_WEEKS, effort.left)
    if not teams or seconds <= 0:
        return days
    dates = _dates(openings, teams, masks)
    dates.model.minimize(unevenness(dates, masks))
    for host, day in days.items():
        dates.model.add_hint(dates.days[host], day.toordinal())
    outcome = search(dates.model, effort, DAYS, seconds)
    return dates.chosen(outcome, teams) if outcome.is_found else days


def place_most(openings: Openings, teams: Chosen, effort: Effort) -> Mapping[str, date]:
    """Days for as many of the teams as can be found in half of the time that is left."""
    masks = {host: mask for host, mask in _masks(openings, teams).items() if mask}
    model = new_model()
    filled = {host: model.new_bool_var(f"{host} is filled") for host in masks}
    visits = {(each, host): filled[host] for host in masks for each in teams[host]}
    dates = add_dates(model, openings, masks, visits, filled)
    model.maximize(weighted([(each, 1) for each in filled.values()]))
    outcome = search(model, effort, DAYS, effort.left / 2)
    if not outcome.is_found:
        return NO_DAYS
    return dates.chosen(outcome, [host for host in filled if outcome.value(filled[host])])


def _masks(openings: Openings, teams: Chosen) -> dict[str, int]:
    return {host: openings.common_days(host, team) for host, team in teams.items()}


def _dates(openings: Openings, teams: Chosen, masks: Mapping[str, int]) -> Dates:
    visits = {(reviewer, host): True for host, team in teams.items() for reviewer in team}
    return add_dates(new_model(), openings, masks, visits, dict.fromkeys(teams, True))
