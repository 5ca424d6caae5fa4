"""Who may go to a review day in somebody's place, in which order, and why."""

from reviews.cycles.substitutes.facts import candidates_for, proposals_for
from reviews.cycles.substitutes.ranking import Candidate, Proposal, Rules, ranked

__all__ = ["Candidate", "Proposal", "Rules", "candidates_for", "proposals_for", "ranked"]
