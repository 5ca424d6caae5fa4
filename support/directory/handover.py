"""What of this room ends or passes on when somebody leaves, or a school becomes another."""

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
from support.directory.services.passing_on import (
    entries_of_school,
    offers_of_school,
    pass_on_entries,
    pass_on_offers,
    pass_on_posts,
    posts_of_school,
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
    HandoverKind(
        key="directory.entries_of_school",
        words="People in directories of support",
        held=entries_of_school,
        pass_on=pass_on_entries,
        of="school",
    ),
    HandoverKind(
        key="directory.offers_of_school",
        words="Offers of support",
        held=offers_of_school,
        pass_on=pass_on_offers,
        of="school",
    ),
    HandoverKind(
        key="directory.posts_of_school",
        words="Shared posts",
        held=posts_of_school,
        pass_on=pass_on_posts,
        of="school",
    ),
)
