"""The meeting that a duty is about, and its pages."""

from __future__ import annotations

from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty


def meeting_id_of(duty: Duty) -> int:
    """The meeting that a duty is about."""
    return int(duty.group)


def meeting_url(duty: Duty) -> str:
    """The page of that meeting."""
    return address("meetings:meeting_detail", meeting_id_of(duty))
