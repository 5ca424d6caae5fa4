"""What of this room passes on when a school becomes another."""

from __future__ import annotations

from alliances.meetings.services.passing_on import pass_on_seats, running_seats
from partnership.toolkit.registers import HandoverKind

HANDOVER = (
    HandoverKind(
        key="seats",
        words="Seats in bodies that meet",
        held=running_seats,
        pass_on=pass_on_seats,
        of="school",
    ),
)
