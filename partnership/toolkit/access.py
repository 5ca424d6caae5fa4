"""The second of the two questions that every view asks: whether this person may do this."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool, sentence: str = "") -> None:  # noqa: FBT001 reads as a sentence: require(can_edit(...))
    """Stop with "403 Forbidden" unless allowed; the sentence is shown to the person."""
    if not allowed:
        raise PermissionDenied(sentence)
