"""What of this room passes on when somebody leaves, or when a school becomes another."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from workhubs.hubs.services.following import pass_on_workhub, workhubs_led
from workhubs.hubs.services.passing_on import pass_on_places, running_places

HANDOVER = (
    HandoverKind(
        key="hubs.leads",
        words="Workhubs led",
        held=workhubs_led,
        pass_on=pass_on_workhub,
        is_dated=False,
    ),
    HandoverKind(
        key="workhub_places",
        words="Places in workhubs",
        held=running_places,
        pass_on=pass_on_places,
        of="school",
    ),
)
