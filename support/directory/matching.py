"""Who fits a school's need, and why: each point of a score has its reason.

A criterion of weight N has N bars between no fit and full fit, and each bar that somebody's fit
reaches earns one point. A heavier weight adds bars and keeps the others, so giving a criterion more
weight never costs the better one her lead. What isn't known reaches half of the bars, and says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from heapq import nsmallest
from math import hypot
from typing import NamedTuple

HALF = 0.5
METRES = 1000
PLENTY = Decimal(10)
NONE: frozenset[int] = frozenset()
NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Need:
    """What a school needs: the area asked for first, then what its review found.

    The mappings give the words of each key. `easting` and `northing` are metres of the National Grid.
    """

    school: int
    area: int
    areas: Mapping[int, str]
    phases: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, str] = field(default_factory=dict)
    groups: frozenset[int] = NONE
    easting: int | None = None
    northing: int | None = None


class Candidate(NamedTuple):
    """Somebody who might help: what she knows, where she works, how many days she has left.

    A tuple, since thousands are weighed for one page.
    """

    key: int
    name: str = ""
    school: int | None = None
    areas: frozenset[int] = NONE
    phases: frozenset[str] = NO_WORDS
    contexts: frozenset[str] = NO_WORDS
    easting: int | None = None
    northing: int | None = None
    days_left: Decimal = Decimal(0)
    days_next_year: Decimal = Decimal(0)
    groups: frozenset[int] = NONE
    is_standing: bool = True
    has_consent: bool = True
    has_conflict: bool = False


@dataclass(frozen=True)
class Weights:
    """How much each criterion counts, and how far people travel."""

    specialism: int = 40
    phase: int = 15
    context: int = 15
    distance: int = 15
    days: int = 15
    furthest_km: int = 40

    @property
    def total(self) -> int:
        """The most points that anybody can have."""
        return sum(self.each)

    @property
    def each(self) -> tuple[int, int, int, int, int]:
        """In the order of the reasons."""
        return (self.specialism, self.phase, self.context, self.distance, self.days)


@dataclass(frozen=True)
class Reason:
    """Why somebody has so many points of those that a criterion gives."""

    words: str
    points: int
    of: int


@dataclass(frozen=True)
class Suggestion:
    """Somebody with her points, which add up to the score."""

    candidate: Candidate
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Answer:
    """Why somebody isn't suggested at all, or how many points she has."""

    exclusions: tuple[str, ...]
    suggestion: Suggestion


def rank(
    need: Need, candidates: Iterable[Candidate], weights: Weights, most: int | None = None
) -> list[Suggestion]:
    """Those who may help, the best first; equals by more days left, then by name and key."""
    placed = [
        (-_score(need, each, weights), -each.days_left, each.name, each.key, each)
        for each in candidates
        if not exclusions(need, each)
    ]
    best = sorted(placed) if most is None else nsmallest(most, placed)
    return [suggestion(need, each, weights) for *_order, each in best]


def why_not(need: Need, candidate: Candidate, weights: Weights) -> Answer:
    """What keeps somebody from being suggested, and the points that she has or would have."""
    return Answer(exclusions(need, candidate), suggestion(need, candidate, weights))


def exclusions(need: Need, candidate: Candidate) -> tuple[str, ...]:
    """Why somebody can't help this school, whatever she knows; nothing when she can."""
    said = (
        (not candidate.is_standing, "The entry in the directory has ended or is yet to begin."),
        (candidate.school == need.school, "It is their own school."),
        (
            not need.groups.isdisjoint(candidate.groups),
            "Their school is in the same trust or federation.",
        ),
        (candidate.has_conflict, "A conflict of interest is declared and not settled."),
        (not candidate.has_consent, "No consent of the head of their school is in force."),
        (
            candidate.days_left <= 0 and candidate.days_next_year <= 0,
            "No days are left, neither this year nor next.",
        ),
    )
    return tuple(words for holds, words in said if holds)


def suggestion(need: Need, candidate: Candidate, weights: Weights) -> Suggestion:
    """Somebody's points one by one, with the reason of each."""
    fits = _fits(need, candidate, weights)
    words = (
        _words_of_areas(need, candidate),
        _words_of_phase(need, candidate),
        _words_of_context(need, candidate),
        _words_of_distance(need, candidate),
        _words_of_days(candidate),
    )
    reasons = tuple(
        Reason(said, points(of, fit), of)
        for said, fit, of in zip(words, fits, weights.each, strict=True)
    )
    return Suggestion(candidate, sum(reason.points for reason in reasons), reasons)


def points(weight: int, fit: float) -> int:
    """How many of a criterion's bars a fit between 0 and 1 reaches."""
    return bisect_right(_bars(weight), fit)


@lru_cache(maxsize=500)
def _bars(weight: int) -> list[float]:
    """The bars from the lowest: the first at a half, each further one in the widest gap left."""
    return sorted(1 - _mirrored(number) for number in range(1, weight + 1))


def _mirrored(number: int) -> float:
    """The binary digits of a number behind the point, the last one first."""
    digits = f"{number:b}"[::-1]
    return float(int(digits, 2) / 2 ** len(digits))


def _score(need: Need, candidate: Candidate, weights: Weights) -> int:
    return sum(map(points, weights.each, _fits(need, candidate, weights)))


def _fits(
    need: Need, candidate: Candidate, weights: Weights
) -> tuple[float, float, float, float, float]:
    return (
        _fit_of_areas(need, candidate.areas),
        _share(need.phases, candidate.phases),
        _share(need.contexts, candidate.contexts),
        _fit_of_distance(km_between(need, candidate), weights.furthest_km),
        min(1.0, max(0.0, float(candidate.days_left / PLENTY))),
    )


def _fit_of_areas(need: Need, areas: frozenset[int]) -> float:
    """All for the area asked for; where the review found more, half of it for all those together."""
    asked = float(need.area in areas)
    further = [area for area in need.areas if area != need.area]
    if not further:
        return asked
    return asked / 2 + sum(area in areas for area in further) / len(further) / 2


def _share(wanted: Mapping[str, str], known: frozenset[str]) -> float:
    return sum(key in known for key in wanted) / len(wanted) if wanted else HALF


def _fit_of_distance(km: float | None, furthest: int) -> float:
    return HALF if km is None else max(0.0, 1 - km / furthest)


def km_between(need: Need, candidate: Candidate) -> float | None:
    """As the crow flies, or nothing where one of the two places isn't known."""
    if need.easting is None or need.northing is None:
        return None
    if candidate.easting is None or candidate.northing is None:
        return None
    east, north = need.easting - candidate.easting, need.northing - candidate.northing
    return hypot(east, north) / METRES


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _words_of_areas(need: Need, candidate: Candidate) -> str:
    known = [name for area, name in need.areas.items() if area in candidate.areas]
    missing = [name for area, name in need.areas.items() if area not in candidate.areas]
    if not known:
        return f"Doesn’t list {_listed(missing)}"
    return f"Works on {_listed(known)}" + (f", not on {_listed(missing)}" if missing else "")


def _words_of_phase(need: Need, candidate: Candidate) -> str:
    if not need.phases:
        return "The school’s phase isn’t known, so it counts half"
    known = [words for code, words in need.phases.items() if code in candidate.phases]
    if known:
        return f"Phase: knows {_listed(known).lower()}"
    return f"Phase: doesn’t list {_listed(need.phases.values()).lower()}"


def _words_of_context(need: Need, candidate: Candidate) -> str:
    if not need.contexts:
        return "Nothing sets the school apart, so this counts half"
    known = [words for code, words in need.contexts.items() if code in candidate.contexts]
    if known:
        return f"Knows this kind of school: {_listed(known).lower()}"
    return f"Doesn’t list this kind of school: {_listed(need.contexts.values()).lower()}"


def _words_of_distance(need: Need, candidate: Candidate) -> str:
    km = km_between(need, candidate)
    if km is None:
        return "The distance isn’t known, so it counts half"
    return "Less than 1 km away" if km < 1 else f"{km:.0f} km away"


def _words_of_days(candidate: Candidate) -> str:
    if candidate.days_left > 0:
        return f"{in_days(candidate.days_left)} left this year"
    return f"None left this year, {in_days(candidate.days_next_year)} next year"


def in_days(days: Decimal) -> str:
    """Say 1 day, 7.5 days, 12 days."""
    number = f"{days:f}".rstrip("0").rstrip(".") if "." in f"{days:f}" else f"{days:f}"
    return f"{number} day" if days == 1 else f"{number} days"
