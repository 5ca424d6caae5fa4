"""A review that is prepared still: it has a day, and its report isn't released."""

from __future__ import annotations

from partnership.toolkit.versions import lock
from reviews.days.models import Review


class ReviewClosed(Exception):
    """Its report was released meanwhile, or its day called off."""


def locked_open(review: Review, *, seen_version: int | None = None) -> Review:
    """Its row, locked; with the cycle that is loaded already."""
    current = lock(review, seen_version=seen_version)
    if current.released_at is not None or current.day_id is None:
        raise ReviewClosed
    current.cycle = review.cycle
    return current
