"""What could be relaxed when a host has no day: each tried, and how many hosts it fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviews.cycles.rota.planning import plan
from reviews.cycles.rota.shapes import Problem, Reviewer
from reviews.cycles.rota.solving import Effort
from reviews.cycles.rota.weights import Weights

ONLY_DAYS = Weights(unfilled=1, discouraged=0, mutual=0, share=0, group=0, phases=0, km=0)
SECONDS_EACH = 5.0


@dataclass(frozen=True)
class Relaxation:
    """A rule made milder, in words, and how many hosts have a day with it and without."""

    words: str
    problem: Problem
    filled: int
    filled_before: int

    @property
    def helps(self) -> bool:
        """Whether more hosts have a day."""
        return self.filled > self.filled_before


def try_relaxations(
    problem: Problem, filled: int, more_days: Sequence[date] = (), effort: Effort | None = None
) -> list[Relaxation]:
    """Each that applies, tried for as long as the effort says; the one that fills most first."""
    effort = effort or Effort(seconds=SECONDS_EACH)
    tried = [
        Relaxation(words, milder, _filled(milder, effort), filled)
        for words, milder in _milder(problem, more_days)
    ]
    return sorted(tried, key=lambda each: -each.filled)


def _filled(problem: Problem, effort: Effort) -> int:
    return len(plan(problem, effort, ONLY_DAYS).days)


def _milder(problem: Problem, more_days: Sequence[date]) -> Iterator[tuple[str, Problem]]:
    if any(each.max_days is not None for each in problem.reviewers):
        yield "one more day out for each reviewer", _with_one_more_day_out(problem, "max_days")
    if problem.periods and any(each.max_days_per_period is not None for each in problem.reviewers):
        words = "one more day out in each half term"
        yield words, _with_one_more_day_out(problem, "max_days_per_period")
    smaller = _smaller_team(problem)
    if smaller:
        yield f"teams of {smaller}", replace(problem, team_size=smaller)
    if problem.gap_days > 1:
        gap = problem.gap_days // 2
        words = (
            f"days of one reviewer at least {gap} days apart" if gap > 1 else "no gap between days"
        )
        yield words, replace(problem, gap_days=gap)
    if more_days:
        days = (*problem.school_days, *more_days)
        yield f"a window until {max(days)}", replace(problem, school_days=tuple(sorted(set(days))))


def _with_one_more_day_out(problem: Problem, limit: str) -> Problem:
    def with_one_more(each: Reviewer) -> Reviewer:
        most = getattr(each, limit)
        return each if most is None else replace(each, **{limit: most + 1})

    return replace(problem, reviewers=tuple(map(with_one_more, problem.reviewers)))


def _smaller_team(problem: Problem) -> int:
    """One less; instead of everybody, one less than the host with the fewest could have."""
    if problem.team_size is not None:
        return problem.team_size - 1
    per_school = [each.school for each in problem.reviewers]
    usual = len(per_school) - max((per_school.count(host.id) for host in problem.hosts), default=0)
    return usual - 1
