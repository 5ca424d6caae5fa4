"""What of this room passes on when a school becomes another."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from workhubs.hubs.services.passing_on import pass_on_places, running_places

HANDOVER = (
    HandoverKind(
        key="workhub_places",
        words="Places in workhubs",
        held=running_places,
        pass_on=pass_on_places,
        of="school",
    ),
)
