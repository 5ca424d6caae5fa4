"""A meeting's row, locked, if its state allows what is asked."""

from __future__ import annotations

from alliances.meetings.models import Meeting
from partnership.toolkit.versions import lock

State = Meeting.State
CLOSED = "This meeting has been held or cancelled, so it stays as it is."


class NotNow(Exception):
    """The meeting's state doesn't allow it; the words say why and what to do."""


def locked(
    meeting: Meeting,
    *states: Meeting.State,
    sentence: str = CLOSED,
    seen_version: int | None = None,
) -> Meeting:
    """The meeting, locked; raises NotNow in another state and ChangedSince in another version."""
    current = lock(meeting, seen_version=seen_version)
    if current.state not in (states or Meeting.OPEN_STATES):
        raise NotNow(sentence)
    return current
