"""Alliances: who belongs to them, the posts and areas in them, and what they tell the public."""

from alliances.membership.models.alliances import (
    Alliance,
    AlliancePost,
    AlliancePostQuerySet,
    AllianceQuerySet,
    Membership,
    MembershipQuerySet,
    lines_of,
)
from alliances.membership.models.areas import AllianceLink, Area
from alliances.membership.models.dated import (
    HERE,
    TONES,
    Belonging,
    BelongingQuerySet,
    Standing,
    holding,
)
from alliances.membership.models.enquiries import Enquiry
from alliances.membership.models.partners import Partner, PublicPage

__all__ = [
    "HERE",
    "TONES",
    "Alliance",
    "AllianceLink",
    "AlliancePost",
    "AlliancePostQuerySet",
    "AllianceQuerySet",
    "Area",
    "Belonging",
    "BelongingQuerySet",
    "Enquiry",
    "Membership",
    "MembershipQuerySet",
    "Partner",
    "PublicPage",
    "Standing",
    "holding",
    "lines_of",
]
