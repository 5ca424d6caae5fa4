"""Forms of the room."""

from alliances.membership.forms.alliances import AllianceForm
from alliances.membership.forms.memberships import (
    AddSchoolForm,
    EndForm,
    JoinForm,
    MembershipForm,
)

__all__ = ["AddSchoolForm", "AllianceForm", "EndForm", "JoinForm", "MembershipForm"]
