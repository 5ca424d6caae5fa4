"""Who may do what with bodies and their meetings.

The office of an alliance (director, chair, administrator) and the lead of a body prepare and run its
meetings; those who hold a post that the body names, and always its lead, call, move and cancel them.
The director founds bodies and says how they work, the office keeps their members. Whoever is asked or
holds a seat sees what is called. Portal staff see in the admin that a meeting exists, its stage and
dates; its pages are closed to them like to any stranger.
"""

from alliances.meetings.permissions.bodies import (
    Rights,
    bodies_run_by,
    can_call_meetings_of,
    can_close_body,
    can_edit_body,
    can_edit_seats,
    can_export_seats,
    can_found_body,
    can_propose_items,
    can_run_meetings_of,
    can_run_some_meetings,
    can_settle_proposal,
    can_withdraw_proposal,
    is_of_body,
    rights_in,
)
from alliances.meetings.permissions.meetings import (
    REASON_POSTS,
    answers_reply,
    can_add_paper,
    can_answer,
    can_edit_agenda,
    can_read_confidential_items,
    can_read_item,
    can_read_paper,
    can_read_reasons,
    can_remove_paper,
)
from alliances.meetings.permissions.records import (
    MinuteRights,
    can_change_action,
    can_give_actions_in,
    can_read_confidential,
    can_settle_action,
    can_take_register,
    minute_rights,
    minute_writer_id,
    minutes_checker_id,
)

__all__ = [
    "REASON_POSTS",
    "MinuteRights",
    "Rights",
    "answers_reply",
    "bodies_run_by",
    "can_add_paper",
    "can_answer",
    "can_call_meetings_of",
    "can_change_action",
    "can_close_body",
    "can_edit_agenda",
    "can_edit_body",
    "can_edit_seats",
    "can_export_seats",
    "can_found_body",
    "can_give_actions_in",
    "can_propose_items",
    "can_read_confidential",
    "can_read_confidential_items",
    "can_read_item",
    "can_read_paper",
    "can_read_reasons",
    "can_remove_paper",
    "can_run_meetings_of",
    "can_run_some_meetings",
    "can_settle_action",
    "can_settle_proposal",
    "can_take_register",
    "can_withdraw_proposal",
    "is_of_body",
    "minute_rights",
    "minute_writer_id",
    "minutes_checker_id",
    "rights_in",
]
