"""Practitioners who might help a school, weighed among thousands in a handful of SELECTs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from support.directory.matching import (
    Answer,
    Candidate,
    Need,
    Suggestion,
    Weights,
    exclusions,
    place_of,
    rank,
    why_not,
)
from support.directory.models import Practitioner, SupportRules
from support.directory.suggesting.rows import some_candidates, standing_candidates
from support.directory.suggesting.schools import (
    Surroundings,
    contexts_of,
    phases_of,
    surroundings_of,
)

SHOWN = 20
NAMED = 5
ENOUGH = Decimal(1)


@dataclass(frozen=True)
class Suggested:
    """A practitioner as the page shows her, with her points."""

    practitioner: Practitioner
    suggestion: Suggestion


@dataclass(frozen=True)
class Answered:
    """Why somebody isn't among the first: what excludes her, or her place and her points."""

    practitioner: Practitioner
    answer: Answer
    place: int | None


@dataclass(frozen=True)
class Pool:
    """A need and everybody who is looked at for it."""

    need: Need
    weights: Weights
    candidates: Sequence[Candidate]

    def first(self, most: int = SHOWN) -> list[Suggested]:
        """Those who fit best, with names and schools."""
        best = rank(self.need, self.candidates, self.weights, most)
        people = _shown([each.candidate.key for each in best])
        return [Suggested(people[each.candidate.key], each) for each in best]


def weights_of(rules: SupportRules) -> Weights:
    """What the alliance lets count, and how much."""
    return Weights(
        specialism=rules.weighs_specialism,
        phase=rules.weighs_phase,
        context=rules.weighs_context,
        distance=rules.weighs_distance,
        days=rules.weighs_days,
        furthest_km=rules.furthest_km,
    )


def pool_for(around: Surroundings, rules: SupportRules) -> Pool:
    """Everybody of the alliance whose entry stands, to be ranked."""
    candidates = standing_candidates(around, alliance=rules.alliance_id)
    return Pool(around.need, weights_of(rules), candidates)


def answers_for(pool: Pool, around: Surroundings, words: str, *, alliance: int) -> list[Answered]:
    """What stands against the few whose name has these words, or where they stand."""
    named = Practitioner.objects.filter(alliance=alliance).matching(words)
    keys = named.order_by("search_text", "pk").values_list("pk", flat=True)
    people = _shown(list(keys[:NAMED]))
    found = {each.key: each for each in some_candidates(list(people), around)}
    return [_answered(pool, people[key], found[key]) for key in people]


def answer_for(practitioner: Practitioner, around: Surroundings, rules: SupportRules) -> Answer:
    """What stands against one practitioner, and the points that she has or would have."""
    (candidate,) = some_candidates([practitioner.pk], around)
    return why_not(around.need, candidate, weights_of(rules))


def exclusions_for(practitioner: Practitioner, around: Surroundings) -> tuple[str, ...]:
    """What stands against a practitioner, however many days she has: the ledger counts those."""
    (candidate,) = some_candidates([practitioner.pk], around)
    return exclusions(around.need, candidate._replace(days_left=ENOUGH))


def _answered(pool: Pool, practitioner: Practitioner, candidate: Candidate) -> Answered:
    said = why_not(pool.need, candidate, pool.weights)
    place = None
    if not said.exclusions:
        place = place_of(pool.need, candidate, pool.candidates, pool.weights)
    return Answered(practitioner, said, place)


def _shown(keys: Sequence[int]) -> dict[int, Practitioner]:
    people = Practitioner.objects.select_related("person", "home_school")
    found = people.prefetch_related("designations").in_bulk(keys)
    return {key: found[key] for key in keys}


__all__ = [
    "Answered",
    "Pool",
    "Suggested",
    "Surroundings",
    "answer_for",
    "answers_for",
    "contexts_of",
    "exclusions_for",
    "phases_of",
    "pool_for",
    "surroundings_of",
    "weights_of",
]
