"""What people and the portal do to schools: import the register, give and end posts."""

from alliances.schools.services.details import (
    answer_details,
    ask_for_details,
    change_contact,
)
from alliances.schools.services.examples import found_example_school
from alliances.schools.services.importing import Imported, import_register
from alliances.schools.services.posts import (
    AccountClosed,
    PostEndsBeforeItStarts,
    PostHeldAlready,
    appoint_to_school,
    change_school_post,
    end_school_post,
    find_or_invite,
    welcome_to_school,
)

__all__ = [
    "AccountClosed",
    "Imported",
    "PostEndsBeforeItStarts",
    "PostHeldAlready",
    "answer_details",
    "appoint_to_school",
    "ask_for_details",
    "change_contact",
    "change_school_post",
    "end_school_post",
    "find_or_invite",
    "found_example_school",
    "import_register",
    "welcome_to_school",
]
