"""The two questions that every view asks: which rows this person may see, and may she do this."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

Thing = TypeVar("Thing")


class NotNow(PermissionDenied):
    """She may do this, only not as things stand: what she typed is offered to her again."""


def found(rows: Sequence[Thing]) -> Thing:
    """The row that was asked for among those that this person may see, or "404 Not Found"."""
    if not rows:
        raise Http404
    return rows[0]


def require(allowed: bool, sentence: str = "") -> None:  # noqa: FBT001 reads as a sentence: require(can_edit(...))
    """Stop with "403 Forbidden" unless allowed; the sentence is shown to the person."""
    if not allowed:
        raise PermissionDenied(sentence)
