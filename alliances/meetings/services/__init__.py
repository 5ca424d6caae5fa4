"""What people do with bodies and meetings."""

from alliances.meetings.services.agenda import (
    add_item,
    add_paper,
    edit_item,
    move_item,
    remove_item,
    remove_paper,
)
from alliances.meetings.services.answering import NoLongerAsked, answer_meeting
from alliances.meetings.services.bodies import edit_body, found_body, leave_seat, take_seat
from alliances.meetings.services.calling import (
    NotNow,
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

__all__ = [
    "NoLongerAsked",
    "NotNow",
    "add_item",
    "add_paper",
    "answer_meeting",
    "call_meeting",
    "cancel_meeting",
    "default_answer_by",
    "discard_draft",
    "edit_body",
    "edit_item",
    "edit_meeting",
    "found_body",
    "hold_meeting",
    "leave_seat",
    "move_item",
    "move_meeting",
    "prepare_meeting",
    "remove_item",
    "remove_paper",
    "take_seat",
]
