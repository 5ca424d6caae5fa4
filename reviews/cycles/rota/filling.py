"""Hosts that a search left over for want of time, filled one by one where that is easy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reviews.cycles.rota.misses import Misses
from reviews.cycles.rota.openings import Opening, Openings
from reviews.cycles.rota.shapes import Day
from reviews.cycles.rota.together import Draft
from reviews.cycles.rota.weights import Costs


def fill_up(openings: Openings, costs: Costs, draft: Draft) -> Draft:
    """The draft with whatever first day and cheapest team its other days leave to each host."""
    teams, days = dict(draft.teams), dict(draft.days)
    left = [host for host, each in openings.hosts.items() if each.days and host not in days]
    left.sort(key=lambda host: openings.hosts[host].days.bit_count())
    for place, host in enumerate(left):
        misses = Misses(openings, tuple(_day(each, days[each], teams[each]) for each in days))
        dates = openings.dates(openings.hosts[host].days)
        turn = place * len(dates) // len(left)
        for on in dates[turn:] + dates[:turn]:
            team = _team(openings, costs, misses, host, on)
            if team:
                teams[host], days[host] = team, on
                break
    return replace(draft, teams=teams, days=days)


def _day(host: str, on: date, team: frozenset[str]) -> Day:
    """A day as far as it stands in the way of others: who leads doesn't matter."""
    return Day(host, on, min(team), team)


def _team(openings: Openings, costs: Costs, misses: Misses, host: str, on: date) -> frozenset[str]:
    """Those who must come, a trained lead, and then whoever costs least; nobody if too few can."""
    opening = openings.hosts[host]
    if misses.at_home_out(host, on):
        return frozenset()
    free = [each for each in opening.candidates if not misses.hindrance(each, on)]
    free.sort(key=lambda each: (each not in opening.required, costs.visit(each, host)))
    leads = [each for each in free if each in openings.leads]
    if not leads or not opening.required <= set(free):
        return frozenset()
    return _completed(opening, [*opening.required, leads[0], *free])


def _completed(opening: Opening, ordered: list[str]) -> frozenset[str]:
    chosen = list(dict.fromkeys(ordered))[: opening.size]
    return frozenset(chosen if len(chosen) == opening.size else ())
