"""Who fits a school's need, and why: each point of a score has its reason; pure, without a clock."""

from support.directory.matching.fits import km_between, points
from support.directory.matching.ranking import exclusions, places_of, rank, suggestion, why_not
from support.directory.matching.shapes import (
    Answer,
    Candidate,
    Need,
    Reason,
    Suggestion,
    Weights,
)
from support.directory.matching.words import in_days

__all__ = [
    "Answer",
    "Candidate",
    "Need",
    "Reason",
    "Suggestion",
    "Weights",
    "exclusions",
    "in_days",
    "km_between",
    "places_of",
    "points",
    "rank",
    "suggestion",
    "why_not",
]
