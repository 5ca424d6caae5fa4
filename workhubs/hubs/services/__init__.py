"""Founding and editing workhubs; inviting schools, their answers, joining and leaving."""

from workhubs.hubs.services.founding import (
    NameTaken,
    YearTaken,
    begin_year,
    create_workhub,
    edit_workhub,
)
from workhubs.hubs.services.places import (
    InvitationClosed,
    NotAMember,
    accept_place,
    decline_place,
    end_place,
    invite_schools,
    withdraw_invitation,
)

__all__ = [
    "InvitationClosed",
    "NameTaken",
    "NotAMember",
    "YearTaken",
    "accept_place",
    "begin_year",
    "create_workhub",
    "decline_place",
    "edit_workhub",
    "end_place",
    "invite_schools",
    "withdraw_invitation",
]
