"""The register of schools, and the posts that people hold in them."""

from alliances.schools.models.calendars import AuthorityCalendar, SchoolCalendar
from alliances.schools.models.posts import SchoolPost
from alliances.schools.models.register import Authority, RegisterFile, School

__all__ = [
    "Authority",
    "AuthorityCalendar",
    "RegisterFile",
    "School",
    "SchoolCalendar",
    "SchoolPost",
]
