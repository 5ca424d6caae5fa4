"""What people do in the room, each in one transaction."""

from support.programmes.services.reviewing import (
    NotTheTurn,
    begin_review,
    judge_review,
    keep_view,
    look_again,
    reply_to_review,
)

__all__ = [
    "NotTheTurn",
    "begin_review",
    "judge_review",
    "keep_view",
    "look_again",
    "reply_to_review",
]
