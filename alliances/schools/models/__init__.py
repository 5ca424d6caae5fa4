"""The register of schools, and the posts that people hold in them."""

from alliances.schools.models.posts import SchoolPost
from alliances.schools.models.register import Authority, RegisterFile, School

__all__ = ["Authority", "RegisterFile", "School", "SchoolPost"]
