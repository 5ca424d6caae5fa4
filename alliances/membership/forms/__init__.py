"""Forms of the room."""

from alliances.membership.forms.alliances import AllianceForm
from alliances.membership.forms.areas import AreaForm, LinkForm, PartnerForm, PublicPageForm
from alliances.membership.forms.enquiries import EnquiryAnswerForm, EnquiryForm
from alliances.membership.forms.memberships import (
    AddSchoolForm,
    EndForm,
    JoinForm,
    MembershipForm,
)
from alliances.membership.forms.posts import AddPostForm, PostForm

__all__ = [
    "AddPostForm",
    "AddSchoolForm",
    "AllianceForm",
    "AreaForm",
    "EndForm",
    "EnquiryAnswerForm",
    "EnquiryForm",
    "JoinForm",
    "LinkForm",
    "MembershipForm",
    "PartnerForm",
    "PostForm",
    "PublicPageForm",
]
