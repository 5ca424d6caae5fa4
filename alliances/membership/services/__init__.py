"""What people do with alliances: found and word them, let schools join and leave, give posts."""

from alliances.membership.services.alliances import (
    NameTaken,
    change_alliance,
    edit_alliance,
    found_alliance,
)
from alliances.membership.services.memberships import (
    FullMemberAlready,
    MemberAlready,
    add_school,
    change_membership,
    end_membership,
    join_fully,
)
from alliances.membership.services.posts import (
    PostHeldAlready,
    appoint_to_alliance,
    change_alliance_post,
    end_alliance_post,
)
from alliances.membership.services.spans import EndsBeforeItStarts

__all__ = [
    "EndsBeforeItStarts",
    "FullMemberAlready",
    "MemberAlready",
    "NameTaken",
    "PostHeldAlready",
    "add_school",
    "appoint_to_alliance",
    "change_alliance",
    "change_alliance_post",
    "change_membership",
    "edit_alliance",
    "end_alliance_post",
    "end_membership",
    "found_alliance",
    "join_fully",
]
