"""The rules of days, in the solver's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from reviews.cycles.rota.openings import Openings, bits
from reviews.cycles.rota.solving import domain, weighted

if TYPE_CHECKING:
    from reviews.cycles.rota.solving import Expression, Literal, Model, Outcome, Variable


@dataclass
class Dates:
    """A day for each host, undecided, as a day of the calendar."""

    model: Model
    openings: Openings
    days: dict[str, Variable]

    def ordinals(self, mask: int) -> list[int]:
        """A set of school days, as days of the calendar."""
        return [self.openings.days[place].toordinal() for place in bits(mask)]

    def chosen(self, outcome: Outcome, hosts: Iterable[str]) -> dict[str, date]:
        """The days that a search chose."""
        return {host: date.fromordinal(outcome.value(self.days[host])) for host in hosts}


def add_dates(
    model: Model,
    openings: Openings,
    masks: Mapping[str, int],
    visits: Mapping[tuple[str, str], Literal],
    filled: Mapping[str, Literal],
) -> Dates:
    """Every rule on days that binds several hosts: the gap, and nobody out while her school hosts.

    `visits` and `filled` say which of them take place: decided, or literals.
    """
    dates = Dates(model, openings, {})
    for host, mask in masks.items():
        dates.days[host] = model.new_int_var_from_domain(domain(dates.ordinals(mask)), host)
    by_reviewer = defaultdict(list)
    for (visitor, host), literal in visits.items():
        by_reviewer[visitor].append((host, literal))
    for reviewer in openings.problem.reviewers:
        out = by_reviewer[reviewer.id]
        _keep_apart(dates, out)
        _limit_each_period(dates, masks, out, reviewer.max_days_per_period)
        if reviewer.school in dates.days:
            home, hosts_day = dates.days[reviewer.school], filled[reviewer.school]
            for host, literal in out:
                model.add(dates.days[host] != home).only_enforce_if(literal, hosts_day)
    return dates


def _keep_apart(dates: Dates, out: list[tuple[str, Literal]]) -> None:
    apart = dates.openings.problem.apart
    if len(out) > 1:
        dates.model.add_no_overlap(
            dates.model.new_optional_fixed_size_interval_var(
                dates.days[host], apart, literal, f"visit of {host}"
            )
            for host, literal in out
        )


def _limit_each_period(
    dates: Dates, masks: Mapping[str, int], out: list[tuple[str, Literal]], most: int | None
) -> None:
    """At most so many days out in each period; a day counts only where it could lie in one."""
    if most is None or len(out) <= most:
        return
    model = dates.model
    for period in dates.openings.periods:
        near = [(host, literal) for host, literal in out if masks[host] & period]
        if len(near) <= most:
            continue
        counted = []
        for host, literal in near:
            within = model.new_bool_var(f"{host} from {period.bit_length()}")
            outside = domain(dates.ordinals(masks[host] & ~period))
            elsewhere = model.add_linear_expression_in_domain(dates.days[host], outside)
            elsewhere.only_enforce_if(literal, within.negated())
            counted.append((within, 1))
        model.add(weighted(counted) <= most)


def unevenness(dates: Dates, masks: Mapping[str, int]) -> Expression:
    """The days that a week has beyond what an even spread gives it, over all weeks."""
    model = dates.model
    weeks: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for host, mask in masks.items():
        for day in dates.openings.dates(mask):
            weeks[day.isocalendar()[:2]][host].append(day.toordinal())
    even = ceil(len(masks) / max(1, len(weeks)))
    by_host, terms = defaultdict(list), []
    for week, hosts in weeks.items():
        here = {host: model.new_bool_var(f"{host} in {week}") for host in hosts}
        for host, literal in here.items():
            within = domain(hosts[host])
            model.add_linear_expression_in_domain(dates.days[host], within).only_enforce_if(literal)
            by_host[host].append(literal)
        if len(here) > even:
            beyond = model.new_int_var(0, len(here) - even, f"beyond even in {week}")
            model.add(weighted([*((lit, 1) for lit in here.values()), (beyond, -1)]) <= even)
            terms.append((beyond, 1))
    for literals in by_host.values():
        model.add_exactly_one(literals)
    return weighted(terms)
