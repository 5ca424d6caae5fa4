"""How well somebody fits each criterion, and how many points that earns.

A criterion of weight N has N bars between no fit and full fit, and each bar that somebody's fit
reaches earns one point. A heavier weight adds bars and keeps the others, so giving a criterion more
weight never costs the better one her lead. What isn't known reaches half of the bars, and says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from math import hypot

from support.directory.matching.shapes import Candidate, Need, Weights

HALF = 0.5
METRES = 1000
PLENTY = Decimal(10)


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


def fits_of(
    need: Need, candidate: Candidate, weights: Weights
) -> tuple[float, float, float, float, float]:
    return (
        fit_of_areas(need, candidate.areas),
        share_of(need.phases, candidate.phases),
        share_of(need.contexts, candidate.contexts),
        fit_of_distance(km_between(need, candidate), weights.furthest_km),
        fit_of_days(candidate.days_left),
    )


def fit_of_areas(need: Need, areas: frozenset[int]) -> float:
    """All for the area asked for; where the review found more, half of it for all those together."""
    asked = float(need.area in areas)
    further = [area for area in need.areas if area != need.area]
    if not further:
        return asked
    return asked / 2 + sum(area in areas for area in further) / len(further) / 2


def share_of(wanted: Mapping[str, str], known: frozenset[str]) -> float:
    return sum(key in known for key in wanted) / len(wanted) if wanted else HALF


def fit_of_distance(km: float | None, furthest: int) -> float:
    return HALF if km is None else max(0.0, 1 - km / furthest)


def fit_of_days(left: Decimal) -> float:
    return min(1.0, max(0.0, float(left / PLENTY)))


def km_between(need: Need, candidate: Candidate) -> float | None:
    """As the crow flies, or nothing where one of the two places isn't known."""
    if need.easting is None or need.northing is None:
        return None
    if candidate.easting is None or candidate.northing is None:
        return None
    east, north = need.easting - candidate.easting, need.northing - candidate.northing
    return hypot(east, north) / METRES
