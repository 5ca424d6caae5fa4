"""What people and the portal do to schools: import the register, give and end posts."""

from alliances.schools.services.accepting import (
    Accepted,
    NotWaiting,
    accept_register_update,
    put_aside_register_update,
)
from alliances.schools.services.bringing import bring_register_file, read_register_update
from alliances.schools.services.converting import (
    HandedOverAlready,
    accept_conversion,
    first_day_of,
    school_handovers,
)
from alliances.schools.services.delegating import (
    DelegationOver,
    NotOfTheSchool,
    delegate,
    end_delegation,
)
from alliances.schools.services.details import (
    answer_details,
    ask_for_details,
    change_contact,
)
from alliances.schools.services.entries import Entry, Imported, Step
from alliances.schools.services.examples import found_example_school
from alliances.schools.services.importing import import_register
from alliances.schools.services.inspecting import (
    InspectionKnown,
    NotInThisFramework,
    enter_inspection,
    take_inspection_back,
)
from alliances.schools.services.leaving import (
    DepartureOver,
    FollowsOnHerself,
    NobodyFollows,
    arrange_departure,
    call_off_departure,
    held_by,
    settle_departures,
)
from alliances.schools.services.passing_on import pass_on_invitations, pass_on_posts
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
    "Accepted",
    "AccountClosed",
    "DelegationOver",
    "DepartureOver",
    "Entry",
    "FollowsOnHerself",
    "HandedOverAlready",
    "Imported",
    "InspectionKnown",
    "NobodyFollows",
    "NotInThisFramework",
    "NotOfTheSchool",
    "NotWaiting",
    "PostEndsBeforeItStarts",
    "PostHeldAlready",
    "Step",
    "accept_conversion",
    "accept_register_update",
    "answer_details",
    "appoint_to_school",
    "arrange_departure",
    "ask_for_details",
    "bring_register_file",
    "call_off_departure",
    "change_contact",
    "change_school_post",
    "delegate",
    "end_delegation",
    "end_school_post",
    "enter_inspection",
    "find_or_invite",
    "first_day_of",
    "found_example_school",
    "held_by",
    "import_register",
    "pass_on_invitations",
    "pass_on_posts",
    "put_aside_register_update",
    "read_register_update",
    "school_handovers",
    "settle_departures",
    "take_inspection_back",
    "welcome_to_school",
]
