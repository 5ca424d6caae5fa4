"""The register of schools, and the posts that people hold in them."""

from alliances.schools.models.calendars import AuthorityCalendar, SchoolCalendar
from alliances.schools.models.delegations import Delegation
from alliances.schools.models.departures import Departure, DepartureItem
from alliances.schools.models.details import DetailsCheck, SchoolContact
from alliances.schools.models.differences import ProposedChange, RegisterUpdate
from alliances.schools.models.inspections import Inspection, InspectionResult
from alliances.schools.models.links import GroupSchool, SchoolGroup, SchoolLink
from alliances.schools.models.posts import SchoolPost
from alliances.schools.models.register import Authority, RegisterFile, School

__all__ = [
    "Authority",
    "AuthorityCalendar",
    "Delegation",
    "Departure",
    "DepartureItem",
    "DetailsCheck",
    "GroupSchool",
    "Inspection",
    "InspectionResult",
    "ProposedChange",
    "RegisterFile",
    "RegisterUpdate",
    "School",
    "SchoolCalendar",
    "SchoolContact",
    "SchoolGroup",
    "SchoolLink",
    "SchoolPost",
]
