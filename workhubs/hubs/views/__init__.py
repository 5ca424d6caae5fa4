"""The pages of the room."""

from workhubs.hubs.views.closing import workhub_close, workhub_reopen, year_close, year_reopen
from workhubs.hubs.views.lists import objective_export, workhub_export, workhub_list
from workhubs.hubs.views.objectives import (
    objective_add,
    objective_detail,
    objective_edit,
    objective_move,
    objective_progress,
    objective_remove,
)
from workhubs.hubs.views.people import person_add, person_edit
from workhubs.hubs.views.places import (
    place_answer,
    place_leave,
    place_remove,
    place_stay,
    place_withdraw,
    workhub_invite,
)
from workhubs.hubs.views.requests import request_answer, request_new, request_withdraw
from workhubs.hubs.views.rolling import workhubs_roll_over
from workhubs.hubs.views.topics import (
    topic_answer,
    topic_detail,
    topic_propose,
    topic_withdraw,
)
from workhubs.hubs.views.workhubs import workhub_detail, workhub_edit, workhub_new, workhub_year

__all__ = [
    "objective_add",
    "objective_detail",
    "objective_edit",
    "objective_export",
    "objective_move",
    "objective_progress",
    "objective_remove",
    "person_add",
    "person_edit",
    "place_answer",
    "place_leave",
    "place_remove",
    "place_stay",
    "place_withdraw",
    "request_answer",
    "request_new",
    "request_withdraw",
    "topic_answer",
    "topic_detail",
    "topic_propose",
    "topic_withdraw",
    "workhub_close",
    "workhub_detail",
    "workhub_edit",
    "workhub_export",
    "workhub_invite",
    "workhub_list",
    "workhub_new",
    "workhub_reopen",
    "workhub_year",
    "workhubs_roll_over",
    "year_close",
    "year_reopen",
]
