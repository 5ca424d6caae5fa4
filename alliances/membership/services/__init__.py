"""What people do with alliances: word them, let schools and partners join and leave, give posts."""

from alliances.membership.services.alliances import (
    NameTaken,
    change_alliance,
    edit_alliance,
    found_alliance,
)
from alliances.membership.services.areas import (
    LinkedAlready,
    add_area,
    change_area,
    link_alliances,
    unlink_alliances,
)
from alliances.membership.services.enquiries import (
    EnquirySettled,
    answer_enquiry,
    answers_to_mail,
    forget_enquiries,
    mail_answer,
    put_enquiry_aside,
    send_enquiry,
    take_on_enquiry,
)
from alliances.membership.services.memberships import (
    FullMemberAlready,
    MemberAlready,
    add_school,
    change_membership,
    end_membership,
    join_fully,
)
from alliances.membership.services.partners import (
    PartnerAlready,
    add_partner,
    change_partner,
    edit_public_page,
    end_partner,
)
from alliances.membership.services.posts import (
    AccountClosed,
    LastDirector,
    PostHeldAlready,
    appoint_to_alliance,
    change_alliance_post,
    edit_alliance_post,
    end_alliance_post,
    welcome_to_alliance,
)
from alliances.membership.services.spans import EndsBeforeItStarts

__all__ = [
    "AccountClosed",
    "EndsBeforeItStarts",
    "EnquirySettled",
    "FullMemberAlready",
    "LastDirector",
    "LinkedAlready",
    "MemberAlready",
    "NameTaken",
    "PartnerAlready",
    "PostHeldAlready",
    "add_area",
    "add_partner",
    "add_school",
    "answer_enquiry",
    "answers_to_mail",
    "appoint_to_alliance",
    "change_alliance",
    "change_alliance_post",
    "change_area",
    "change_membership",
    "change_partner",
    "edit_alliance",
    "edit_alliance_post",
    "edit_public_page",
    "end_alliance_post",
    "end_membership",
    "end_partner",
    "forget_enquiries",
    "found_alliance",
    "join_fully",
    "link_alliances",
    "mail_answer",
    "put_enquiry_aside",
    "send_enquiry",
    "take_on_enquiry",
    "unlink_alliances",
    "welcome_to_alliance",
]
