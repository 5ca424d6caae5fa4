"""A problem of the rows: who is free when, who may go where, and what stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from reviews.cycles.models import Cycle, CycleHost, CycleReviewer
from reviews.cycles.problem.keys import host_id, reviewer_id
from reviews.cycles.problem.naming import Names
from reviews.cycles.problem.pairs import Pair
from reviews.cycles.problem.periods import half_terms_in
from reviews.cycles.problem.rows import Rows
from reviews.cycles.problem.staying import beside, current_of, settled_of, unblocked
from reviews.cycles.problem.training import Trained, trained_on
from reviews.cycles.rota import Day, Host, Problem, Reviewer

OVER_A_WEEKEND = 2


@dataclass(frozen=True)
class Drawing:
    """A problem with its names and what it was made from.

    `aside` are days that stay although their teams no longer keep the rules: no part of the problem,
    but whoever goes there is not sent elsewhere near it.
    """

    rows: Rows
    problem: Problem
    names: Names
    aside: tuple[Day, ...]
    trained: Mapping[int, Trained]


def drawing_of(
    rows: Rows,
    *,
    today: date,
    staying: Iterable[Day] = (),
    is_replan: bool = False,
    overrides_blocked: bool = True,
) -> Drawing:
    """Days that are fixed, held or past stay, and those in `staying`, whatever was blocked since."""
    maker = Maker(rows, today)
    problem = maker.problem()
    settled, aside = settled_of(rows, problem, staying, today)
    problem = beside(problem, aside)
    if overrides_blocked:
        problem = unblocked(problem, settled)
    problem = replace(problem, fixed=tuple(settled.values()))
    if is_replan:
        problem = replace(problem, current=current_of(rows, problem))
    return Drawing(
        rows=rows,
        problem=problem,
        names=Names.of(rows.hosts, rows.reviewers),
        aside=tuple(aside.values()),
        trained=maker.trained,
    )


@dataclass(frozen=True)
class Maker:
    """How each part of the problem follows from the rows."""

    rows: Rows
    today: date

    @property
    def cycle(self) -> Cycle:
        """Whose rota it is."""
        return self.rows.cycle

    def problem(self) -> Problem:
        """Everything but what stays."""
        extra = self.cycle.days_each - 1
        gap, pairs = self.cycle.gap_days, self.rows.pairs
        days = tuple(day for day in self.rows.school_days if day >= self.today)
        return Problem(
            school_days=tuple(day for day in days if day not in self._too_late),
            hosts=tuple(self._host(each) for each in self.rows.hosts),
            reviewers=tuple(self._reviewer(each) for each in self._sent),
            team_size=self.cycle.team_size,
            gap_days=max(1, gap) + extra + OVER_A_WEEKEND if extra else gap,
            forbidden=self._pairs(pairs.cannot | pairs.never | self._ruled("never")),
            discouraged=self._pairs(pairs.better_not | self._ruled("avoided")),
            periods=half_terms_in(self.rows.school_days),
        )

    @cached_property
    def _too_late(self) -> frozenset[date]:
        """Days after which the window has too few left, or on which a review would span a break."""
        days, each = self.rows.school_days, self.cycle.days_each
        longest = timedelta(days=each - 1 + OVER_A_WEEKEND)
        good = {
            day
            for at, day in enumerate(days)
            if at + each <= len(days) and (each == 1 or days[at + each - 1] - day <= longest)
        }
        return frozenset(days) - good

    def _blocked(self, out: Collection[date]) -> frozenset[date]:
        """The days on which a review can't begin, as one of its days is out."""
        days, each = self.rows.school_days, self.cycle.days_each
        return frozenset(
            day for at, day in enumerate(days) if any(one in out for one in days[at : at + each])
        )

    def _host(self, host: CycleHost) -> Host:
        school = host.school
        groups = self.rows.pairs.groups.get(host.school_id, frozenset[int]())
        avoids = self.cycle.same_trust != Cycle.Rule.ALLOWED
        return Host(
            host_id(host.pk),
            blocked=self._blocked(self.rows.out.of_host.get(host.pk, frozenset())),
            easting=school.easting,
            northing=school.northing,
            phase=school.phase_served,
            group=str(min(groups, default="")) if avoids else "",
        )

    def _reviewer(self, each: CycleReviewer) -> Reviewer:
        entry, trained = each.reviewer, self.trained[each.pk]
        out = set(self.rows.out.of_reviewer.get(each.pk, frozenset()))
        out |= {
            day
            for day in self.rows.school_days
            if day not in trained.days
            or day < entry.starts_on
            or (entry.ends_on is not None and day > entry.ends_on)
        }
        home = self._host_of_school.get(entry.school_id or 0)
        return Reviewer(
            reviewer_id(each.pk),
            school=host_id(home) if home else "",
            is_lead=trained.is_lead,
            blocked=self._blocked(out),
            max_days=self._limit(self.cycle.most_days, entry.most_days),
            max_days_per_period=self._limit(
                self.cycle.most_days_half_term, entry.most_days_half_term
            ),
        )

    def _limit(self, of_cycle: int | None, own: int | None) -> int | None:
        """The cycle counts reviews, she counts days out."""
        limits = [] if of_cycle is None else [of_cycle]
        limits += [] if own is None else [own // self.cycle.days_each]
        return min(limits, default=None)

    @cached_property
    def trained(self) -> dict[int, Trained]:
        """By reviewer; where no training at all is entered, anybody may be sent and nobody leads."""
        days = self.rows.school_days
        if not self.rows.has_training:
            untrained = Trained(frozenset(days), is_lead=False, is_cut_short=False)
            return {each.pk: untrained for each in self.rows.reviewers}
        return {
            each.pk: trained_on(self.rows.trainings[each.pk], days) for each in self.rows.reviewers
        }

    @cached_property
    def _sent(self) -> list[CycleReviewer]:
        return [each for each in self.rows.reviewers if self.trained[each.pk].days]

    @cached_property
    def _host_of_school(self) -> dict[int, int]:
        return {each.school_id: each.pk for each in self.rows.hosts}

    def _ruled(self, rule: str) -> frozenset[Pair]:
        pairs: frozenset[Pair] = frozenset()
        if self.cycle.last_year == rule:
            pairs |= self.rows.pairs.last_year
        if self.cycle.same_trust == rule:
            pairs |= self.rows.pairs.same_trust
        return pairs

    def _pairs(self, pairs: Iterable[Pair]) -> frozenset[tuple[str, str]]:
        sent = {each.pk for each in self._sent}
        return frozenset((reviewer_id(who), host_id(where)) for who, where in pairs if who in sent)
