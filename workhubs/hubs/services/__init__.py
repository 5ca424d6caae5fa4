"""What people do with workhubs, their schools, people and objectives, from year to year."""

from workhubs.hubs.services.closing import (
    ClosedAlready,
    NotClosed,
    close_workhub,
    close_year,
    reopen_workhub,
    reopen_year,
)
from workhubs.hubs.services.founding import NameTaken, create_workhub, edit_workhub
from workhubs.hubs.services.handing_on import let_new_leads_begin
from workhubs.hubs.services.keeping import people_to_keep, places_to_keep
from workhubs.hubs.services.objectives import (
    ObjectiveCarried,
    add_objective,
    edit_objective,
    move_objective,
    note_progress,
    remove_objective,
)
from workhubs.hubs.services.people import TakesPartAlready, add_person, edit_membership
from workhubs.hubs.services.places import (
    InvitationClosed,
    NotAMember,
    NotItsLastDay,
    YearOver,
    accept_place,
    decline_place,
    end_place,
    invite_schools,
    keep_place,
    withdraw_invitation,
)
from workhubs.hubs.services.requests import (
    AskedAlready,
    RequestSettled,
    TakesNoRequests,
    answer_request,
    request_to_join,
    withdraw_request,
)
from workhubs.hubs.services.rolling import GoingOn, RolledOver, roll_over
from workhubs.hubs.services.topics import (
    TopicSettled,
    decline_topic,
    propose_topic,
    take_up_topic,
    withdraw_topic,
)

__all__ = [
    "AskedAlready",
    "ClosedAlready",
    "GoingOn",
    "InvitationClosed",
    "NameTaken",
    "NotAMember",
    "NotClosed",
    "NotItsLastDay",
    "ObjectiveCarried",
    "RequestSettled",
    "RolledOver",
    "TakesNoRequests",
    "TakesPartAlready",
    "TopicSettled",
    "YearOver",
    "accept_place",
    "add_objective",
    "add_person",
    "answer_request",
    "close_workhub",
    "close_year",
    "create_workhub",
    "decline_place",
    "decline_topic",
    "edit_membership",
    "edit_objective",
    "edit_workhub",
    "end_place",
    "invite_schools",
    "keep_place",
    "let_new_leads_begin",
    "move_objective",
    "note_progress",
    "people_to_keep",
    "places_to_keep",
    "propose_topic",
    "remove_objective",
    "reopen_workhub",
    "reopen_year",
    "request_to_join",
    "roll_over",
    "take_up_topic",
    "withdraw_invitation",
    "withdraw_request",
    "withdraw_topic",
]
