"""A programme in which something may still be done."""

from __future__ import annotations

from partnership.toolkit.versions import lock
from support.programmes.models import Programme
from support.programmes.services.asking import school_days_later


class NotGoingOn(Exception):
    """The support is paused or over: it is read, and nothing in it is changed."""


def going_on(programme: Programme) -> Programme:
    """The programme, locked, as long as it runs or what it brought is followed up."""
    current = lock(programme)
    if not (current.is_running() or current.is_followed()):
        raise NotGoingOn
    return current


def running(programme: Programme) -> Programme:
    """The programme, locked, as long as its terms run."""
    current = lock(programme)
    if not current.is_running():
        raise NotGoingOn
    return current


__all__ = ["NotGoingOn", "going_on", "running", "school_days_later"]
