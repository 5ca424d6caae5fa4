"""What people do in the room, each in one transaction."""

from support.programmes.services.answering import (
    AnsweredAlready,
    TooLateToWithdraw,
    decline_request,
    open_request,
    signpost_request,
    withdraw_request,
)
from support.programmes.services.asking import (
    AskedAlready,
    GivesNoSupport,
    NotAMember,
    ask_for_support,
    refer_school,
)
from support.programmes.services.reviewing import (
    NotTheTurn,
    begin_review,
    judge_review,
    keep_view,
    look_again,
    reply_to_review,
)

__all__ = [
    "AnsweredAlready",
    "AskedAlready",
    "GivesNoSupport",
    "NotAMember",
    "NotTheTurn",
    "TooLateToWithdraw",
    "ask_for_support",
    "begin_review",
    "decline_request",
    "judge_review",
    "keep_view",
    "look_again",
    "open_request",
    "refer_school",
    "reply_to_review",
    "signpost_request",
    "withdraw_request",
]
