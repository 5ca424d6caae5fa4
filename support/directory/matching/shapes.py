"""What is matched: a need, candidates, weights; and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

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
