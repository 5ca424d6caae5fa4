"""What people do with bodies and meetings."""

from alliances.meetings.services.admitting import admit_everybody, admit_member, set_last_day
from alliances.meetings.services.agenda import (
    add_item,
    carry_items,
    edit_item,
    items_to_carry,
    move_item,
    remove_item,
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
    move_meeting,
    note_not_held,
)
from alliances.meetings.services.chasing import chase_silent
from alliances.meetings.services.copying import call_meetings, copy_forward
from alliances.meetings.services.holding import begin_meeting, end_meeting, hold_meeting, opens_at
from alliances.meetings.services.many_seats import Sitting, change_seats
from alliances.meetings.services.papers import add_paper, remove_paper
from alliances.meetings.services.preparing import (
    default_answer_by,
    discard_draft,
    edit_meeting,
    prepare_meeting,
    usual_chair,
)
from alliances.meetings.services.proposing import (
    decline_proposal,
    propose_item,
    take_proposal,
    withdraw_proposal,
)
from alliances.meetings.services.publishing import default_agenda_due_at, publish_agenda
from alliances.meetings.services.registering import Mark, Marks, take_register
from alliances.meetings.services.states import NotNow

__all__ = [
    "Mark",
    "Marks",
    "NoLongerAsked",
    "NotNow",
    "SeatTaken",
    "Sitting",
    "add_item",
    "add_paper",
    "admit_everybody",
    "admit_member",
    "answer_by_mail",
    "answer_meeting",
    "ask_newcomers",
    "begin_meeting",
    "call_meeting",
    "call_meetings",
    "cancel_meeting",
    "carry_items",
    "change_body",
    "change_seats",
    "chase_silent",
    "close_body",
    "copy_forward",
    "decline_proposal",
    "default_agenda_due_at",
    "default_answer_by",
    "discard_draft",
    "edit_body",
    "edit_item",
    "edit_meeting",
    "end_meeting",
    "found_body",
    "hold_meeting",
    "items_to_carry",
    "keep_seat",
    "leave_seat",
    "move_item",
    "move_meeting",
    "name_deputy",
    "note_not_held",
    "opens_at",
    "places_in",
    "prepare_meeting",
    "propose_item",
    "publish_agenda",
    "remove_item",
    "remove_paper",
    "set_last_day",
    "take_proposal",
    "take_register",
    "take_seat",
    "usual_chair",
    "withdraw_proposal",
]
