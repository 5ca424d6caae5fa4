"""What of this room ends or passes on when somebody leaves."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from support.directory.services.following import (
    ENTRIES,
    OFFERS,
    end_entry_of_leaver,
    entries_held,
    offers_answered,
    pass_on_offer,
    take_back_entry,
)

HANDOVER = (
    HandoverKind(
        key=ENTRIES,
        words="Entries in directories of support",
        held=entries_held,
        pass_on=end_entry_of_leaver,
        take_back=take_back_entry,
    ),
    HandoverKind(
        key=OFFERS,
        words="Offers about which one is asked",
        held=offers_answered,
        pass_on=pass_on_offer,
        is_dated=False,
    ),
)
