"""What of this room passes on when somebody leaves, or when a school becomes another."""

from __future__ import annotations

from alliances.schools.services.handing_on import (
    DELEGATIONS,
    POSTS,
    delegations_held,
    pass_on_delegation,
    pass_on_post,
    posts_held,
    said_of_delegation,
    said_of_post,
    take_back_delegation,
    take_back_post,
)
from alliances.schools.services.passing_on import (
    open_invitations,
    pass_on_delegations,
    pass_on_invitations,
    pass_on_posts,
    running_delegations,
    running_posts,
)
from alliances.schools.services.term_dates import own_term_dates, pass_on_term_dates
from partnership.toolkit.registers import HandoverKind

HANDOVER = (
    HandoverKind(
        key=POSTS,
        words="Posts in the school",
        held=posts_held,
        pass_on=pass_on_post,
        said=said_of_post,
        take_back=take_back_post,
    ),
    HandoverKind(
        key=DELEGATIONS,
        words="Acting for the head",
        held=delegations_held,
        pass_on=pass_on_delegation,
        said=said_of_delegation,
        take_back=take_back_delegation,
    ),
    HandoverKind(
        key="school_invitations",
        words="Invitations",
        held=open_invitations,
        pass_on=pass_on_invitations,
        of="school",
    ),
    HandoverKind(
        key="school_posts", words="Posts", held=running_posts, pass_on=pass_on_posts, of="school"
    ),
    HandoverKind(
        key="school_delegations",
        words="Delegations",
        held=running_delegations,
        pass_on=pass_on_delegations,
        of="school",
    ),
    HandoverKind(
        key="school_term_dates",
        words="Own term dates",
        held=own_term_dates,
        pass_on=pass_on_term_dates,
        of="school",
    ),
)
