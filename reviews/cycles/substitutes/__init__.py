"""Who may go to a review day in somebody's place, and to which days it may move, and why."""

from reviews.cycles.substitutes.facts import (
    candidates_for,
    km_between,
    leaders_among,
    proposals_for,
)
from reviews.cycles.substitutes.moving import Way, way_of
from reviews.cycles.substitutes.ranking import Candidate, Proposal, Rules, ranked

__all__ = [
    "Candidate",
    "Proposal",
    "Rules",
    "Way",
    "candidates_for",
    "km_between",
    "leaders_among",
    "proposals_for",
    "ranked",
    "way_of",
]
