"""The team of a review is told that the host's self-evaluation is there to read."""

from __future__ import annotations

from reviews.days.models import Review
from reviews.days.notices.letters import kind

EVALUATION_SHARED = "days.evaluation_shared"


def _is_still_shared(review: Review) -> bool:
    return review.shared_at is not None


SHARING = (
    kind(
        EVALUATION_SHARED,
        subject="A school has shared something with you before its review",
        why="you are in the team of a review, and the host has shared something with it",
        button="Read it",
        page="days:evaluation_shared",
        stands=_is_still_shared,
    ),
)
