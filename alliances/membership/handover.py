"""What of this room passes on when a school becomes another."""

from __future__ import annotations

from alliances.membership.services.passing_on import pass_on_memberships, running_memberships
from partnership.toolkit.registers import HandoverKind

HANDOVER = (
    HandoverKind(
        key="memberships",
        words="Memberships of alliances",
        held=running_memberships,
        pass_on=pass_on_memberships,
        of="school",
    ),
)
