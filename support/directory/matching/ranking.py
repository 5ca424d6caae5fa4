"""Who comes first, who doesn't come at all, and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from heapq import nsmallest

from support.directory.matching.fits import (
    fit_of_areas,
    fit_of_days,
    fit_of_distance,
    fits_of,
    km_between,
    points,
    share_of,
)
from support.directory.matching.shapes import Answer, Candidate, Need, Reason, Suggestion, Weights
from support.directory.matching.words import words_of


def rank(
    need: Need, candidates: Iterable[Candidate], weights: Weights, most: int | None = None
) -> list[Suggestion]:
    """Those who may help, the best first; equals by more days left, then by name and key."""
    placed = _placed(need, candidates, weights)
    best = sorted(placed) if most is None else nsmallest(most, placed)
    return [suggestion(need, each, weights) for *_order, each in best]


def places_of(
    need: Need, asked: Iterable[Candidate], candidates: Iterable[Candidate], weights: Weights
) -> dict[int, int]:
    """Where those who may help stand among the others, by key: 1 is the first."""
    placed = sorted(_placed(need, candidates, weights))
    return {own[-1].key: 1 + bisect_left(placed, own) for own in _placed(need, asked, weights)}


def why_not(need: Need, candidate: Candidate, weights: Weights) -> Answer:
    """What keeps somebody from being suggested, and the points that she has or would have."""
    return Answer(exclusions(need, candidate), suggestion(need, candidate, weights))


def exclusions(need: Need, candidate: Candidate) -> tuple[str, ...]:
    """Why somebody can't help this school, whatever she knows; nothing when she can."""
    is_own = candidate.school == need.school
    is_akin = not is_own and not need.groups.isdisjoint(candidate.groups)
    has_days = candidate.days_left > 0 or candidate.days_next_year > 0
    said = (
        (not candidate.is_standing, "The entry in the directory has ended or is yet to begin."),
        (is_own, "It is their own school."),
        (is_akin, "Their school is in the same trust or federation."),
        (candidate.has_conflict, "A conflict of interest is declared and not settled."),
        (not candidate.has_consent, "No consent of the head of their school is in force."),
        (not has_days, "No days are left, neither this year nor next."),
    )
    return tuple(words for holds, words in said if holds)


def suggestion(need: Need, candidate: Candidate, weights: Weights) -> Suggestion:
    """Somebody's points one by one, with the reason of each."""
    fits = fits_of(need, candidate, weights)
    reasons = tuple(
        Reason(said, points(of, fit), of)
        for said, fit, of in zip(words_of(need, candidate), fits, weights.each, strict=True)
    )
    return Suggestion(candidate, sum(reason.points for reason in reasons), reasons)


def _placed(
    need: Need, candidates: Iterable[Candidate], weights: Weights
) -> list[tuple[int, Decimal, str, int, Candidate]]:
    """Those who may help, each behind what she is ordered by."""
    score = _scorer(need, weights)
    return [
        (-score(each), -each.days_left, each.name, each.key, each)
        for each in candidates
        if _may_help(need, each)
    ]


def _may_help(need: Need, candidate: Candidate) -> bool:
    """The same as having no exclusions, without saying which."""
    return (
        candidate.is_standing
        and candidate.has_consent
        and not candidate.has_conflict
        and candidate.school != need.school
        and (candidate.days_left > 0 or candidate.days_next_year > 0)
        and need.groups.isdisjoint(candidate.groups)
    )


def _scorer(need: Need, weights: Weights) -> Callable[[Candidate], int]:
    """The score of one candidate after another; many are alike in all but their place."""

    @cache
    def alike(
        areas: frozenset[int], phases: frozenset[str], contexts: frozenset[str], days: Decimal
    ) -> int:
        return (
            points(weights.specialism, fit_of_areas(need, areas))
            + points(weights.phase, share_of(need.phases, phases))
            + points(weights.context, share_of(need.contexts, contexts))
            + points(weights.days, fit_of_days(days))
        )

    def score(each: Candidate) -> int:
        way = fit_of_distance(km_between(need, each), weights.furthest_km)
        known = alike(each.areas, each.phases, each.contexts, each.days_left)
        return known + points(weights.distance, way)

    return score
