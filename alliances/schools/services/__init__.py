"""What people and the portal do to schools: import the register, give and end posts."""

from alliances.schools.services.examples import found_example_school
from alliances.schools.services.importing import Imported, import_register
from alliances.schools.services.posts import (
    PostEndsBeforeItStarts,
    PostHeldAlready,
    appoint_to_school,
    change_school_post,
    end_school_post,
)

__all__ = [
    "Imported",
    "PostEndsBeforeItStarts",
    "PostHeldAlready",
    "appoint_to_school",
    "change_school_post",
    "end_school_post",
    "found_example_school",
    "import_register",
]
