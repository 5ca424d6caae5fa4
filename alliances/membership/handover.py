"""What of this room passes on when somebody leaves, or when a school becomes another."""

from __future__ import annotations

from alliances.membership.services.following import (
    ALLIANCE_POSTS,
    alliance_posts_held,
    pass_on_alliance_post,
    said_of_alliance_post,
    take_back_alliance_post,
)
from alliances.membership.services.passing_on import pass_on_memberships, running_memberships
from partnership.toolkit.registers import HandoverKind

HANDOVER = (
    HandoverKind(
        key=ALLIANCE_POSTS,
        words="Posts in alliances",
        held=alliance_posts_held,
        pass_on=pass_on_alliance_post,
        said=said_of_alliance_post,
        take_back=take_back_alliance_post,
    ),
    HandoverKind(
        key="memberships",
        words="Memberships of alliances",
        held=running_memberships,
        pass_on=pass_on_memberships,
        of="school",
    ),
)
