"""The pages of the room."""

from workhubs.hubs.views.lists import workhub_export, workhub_list
from workhubs.hubs.views.places import (
    place_answer,
    place_leave,
    place_remove,
    place_withdraw,
    workhub_invite,
)
from workhubs.hubs.views.workhubs import workhub_detail, workhub_edit, workhub_new, workhub_year

__all__ = [
    "place_answer",
    "place_leave",
    "place_remove",
    "place_withdraw",
    "workhub_detail",
    "workhub_edit",
    "workhub_export",
    "workhub_invite",
    "workhub_list",
    "workhub_new",
    "workhub_year",
]
