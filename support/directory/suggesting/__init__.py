"""Practitioners who might help a school, weighed among thousands in a handful of SELECTs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from partnership.toolkit.registers.columns import Lines
from support.directory.matching import (
    Answer,
    Candidate,
    Suggestion,
    Weights,
    exclusions,
    places_of,
    rank,
    why_not,
)
from support.directory.models import Practitioner, SupportRules
from support.directory.suggesting.rows import (
    Known,
    known_areas,
    some_candidates,
    standing_candidates,
)
from support.directory.suggesting.schools import (
    Surroundings,
    akin_to,
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

    @property
    def who(self) -> str:
        """Her titles and her school."""
        titles = sorted((self.practitioner.titles or "").splitlines())  # type: ignore[attr-defined]  # annotated
        school = self.practitioner.home_school
        return ", ".join([*titles, school.name] if school else titles)


@dataclass(frozen=True)
class Answered:
    """Why somebody isn't among the first: what excludes her, or her place and her points."""

    practitioner: Practitioner
    answer: Answer
    place: int | None


class Pool:
    """A need and everybody who is looked at for it, as far as that matters."""

    def __init__(
        self, around: Surroundings, rules: SupportRules, *, is_whole: bool = False
    ) -> None:
        """Keep the need and what counts; people are loaded when they are asked for.

        `is_whole` loads everybody at once, for who wants to know of somebody's place.
        """
        self.is_whole = is_whole
        self.around = around
        self.need = around.need
        self.alliance = rules.alliance_id
        self.weights = weights_of(rules)

    @cached_property
    def known(self) -> Known:
        """Who works on which of the areas needed."""
        return known_areas(self.need)

    @cached_property
    def listing(self) -> list[Candidate]:
        """Those who list an area that is needed."""
        return self._standing(is_listing=True)

    @cached_property
    def everybody(self) -> list[Candidate]:
        """Those who list an area needed, and those who don't."""
        if self.is_whole:
            return self._standing()
        return self.listing + self._standing(is_listing=False)

    def _standing(self, *, is_listing: bool | None = None) -> list[Candidate]:
        return standing_candidates(
            self.around, alliance=self.alliance, known=self.known, is_listing=is_listing
        )

    def ranked(self, most: int = SHOWN) -> list[Suggestion]:
        """The best; who lists no area needed is loaded only where she might be among them."""
        if self.is_whole:
            return rank(self.need, self.everybody, self.weights, most)
        best = rank(self.need, self.listing, self.weights, most)
        most_without = self.weights.total - self.weights.specialism
        if len(best) == most and best[-1].score > most_without:
            return best
        return rank(self.need, self.everybody, self.weights, most)

    def first(self, most: int = SHOWN) -> list[Suggested]:
        """Those who fit best, with names and schools."""
        best = self.ranked(most)
        people = _shown(Practitioner.objects.filter(pk__in=[each.candidate.key for each in best]))
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


def answers_for(pool: Pool, words: str) -> list[Answered]:
    """What stands against the few whose name has these words, or where they stand."""
    named = Practitioner.objects.filter(alliance=pool.alliance).matching(words)
    people = _shown(named.order_by("search_text", "pk")[:NAMED])
    found = some_candidates(list(people), pool.around, pool.known)
    may_help = [each for each in found if not exclusions(pool.need, each)]
    places = places_of(pool.need, may_help, pool.everybody, pool.weights) if may_help else {}
    answers = {each.key: why_not(pool.need, each, pool.weights) for each in found}
    return [Answered(people[key], answers[key], places.get(key)) for key in people]


def answer_for(practitioner: Practitioner, around: Surroundings, rules: SupportRules) -> Answer:
    """What stands against one practitioner, and the points that she has or would have."""
    (candidate,) = some_candidates([practitioner.pk], around)
    return why_not(around.need, candidate, weights_of(rules))


def exclusions_for(practitioner: Practitioner, around: Surroundings) -> tuple[str, ...]:
    """What stands against a practitioner, however many days she has: the ledger counts those."""
    (candidate,) = some_candidates([practitioner.pk], around)
    return exclusions(around.need, candidate._replace(days_left=ENOUGH))


def _shown(practitioners: QuerySet[Practitioner]) -> dict[int, Practitioner]:
    """Practitioners in their order with names, school and titles, in one query."""
    given: QuerySet[Any, Any] = Practitioner.designations.through.objects.filter(
        practitioner=OuterRef("pk")
    )
    lines = given.order_by().values("practitioner").annotate(said=Lines("designation__name"))
    titled = practitioners.annotate(titles=Subquery(lines.values("said")))
    return {each.pk: each for each in titled.select_related("person", "home_school")}


__all__ = [
    "Answered",
    "Pool",
    "Suggested",
    "Surroundings",
    "akin_to",
    "answer_for",
    "answers_for",
    "contexts_of",
    "exclusions_for",
    "phases_of",
    "surroundings_of",
    "weights_of",
]
