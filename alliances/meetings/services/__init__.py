"""What people do with bodies and meetings."""

from alliances.meetings.services.admitting import admit_everybody, admit_member, set_last_day
from alliances.meetings.services.agenda import (
    add_item,
    add_paper,
    edit_item,
    move_item,
    remove_item,
    remove_paper,
)
from alliances.meetings.services.answering import NoLongerAsked, answer_by_mail, answer_meeting
from alliances.meetings.services.asking import ask_newcomers, places_in
from alliances.meetings.services.bodies import (
    SeatTaken,
    change_body,
    close_body,
    edit_body,
    found_body,
    keep_seat,
    leave_seat,
    name_deputy,
    take_seat,
)
from alliances.meetings.services.calling import (
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_meeting,
)
from alliances.meetings.services.preparing import (
    default_answer_by,
    discard_draft,
    edit_meeting,
    prepare_meeting,
)
from alliances.meetings.services.states import NotNow

__all__ = [
    "NoLongerAsked",
    "NotNow",
    "SeatTaken",
    "add_item",
    "add_paper",
    "admit_everybody",
    "admit_member",
    "answer_by_mail",
    "answer_meeting",
    "ask_newcomers",
    "call_meeting",
    "cancel_meeting",
    "change_body",
    "close_body",
    "default_answer_by",
    "discard_draft",
    "edit_body",
    "edit_item",
    "edit_meeting",
    "found_body",
    "hold_meeting",
    "keep_seat",
    "leave_seat",
    "move_item",
    "move_meeting",
    "name_deputy",
    "places_in",
    "prepare_meeting",
    "remove_item",
    "remove_paper",
    "set_last_day",
    "take_seat",
]
