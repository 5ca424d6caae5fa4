"""The register of schools, and the posts that people hold in them."""

from alliances.schools.models.differences import ProposedChange, RegisterUpdate
from alliances.schools.models.links import GroupSchool, SchoolGroup, SchoolLink
from alliances.schools.models.posts import SchoolPost
from alliances.schools.models.register import Authority, RegisterFile, School

__all__ = [
    "Authority",
    "GroupSchool",
    "ProposedChange",
    "RegisterFile",
    "RegisterUpdate",
    "School",
    "SchoolGroup",
    "SchoolLink",
    "SchoolPost",
]
