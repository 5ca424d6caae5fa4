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
from support.programmes.services.brokering import (
    MayNotHelp,
    broker_strand,
    choose_supporting_school,
    release_strand,
)
from support.programmes.services.checking import check_eligibility
from support.programmes.services.declaring import (
    NotAsked,
    NothingToSettle,
    OwnConflict,
    check_diligence,
    declare_interests,
    settle_conflict,
)
from support.programmes.services.drafting import (
    DraftAlready,
    NoDraft,
    NotYetMatched,
    OtherStrands,
    drop_draft,
    keep_draft,
    renew_agreement,
)
from support.programmes.services.finding import (
    NothingFound,
    NotMatching,
    ask_to_declare,
    finish_matching,
    take_back_matching,
)
from support.programmes.services.naming import (
    NamedAlready,
    end_naming,
    name_person,
    watch_programme,
)
from support.programmes.services.reviewing import (
    NotTheTurn,
    begin_review,
    judge_review,
    keep_view,
    look_again,
    reply_to_review,
)
from support.programmes.services.sending import NotComplete, lacking_in, send_agreement
from support.programmes.services.signing import (
    GatesClosed,
    NotToBeSigned,
    OtherWords,
    SettledAlready,
    decline_agreement,
    sign_agreement,
)

__all__ = [
    "AnsweredAlready",
    "AskedAlready",
    "DraftAlready",
    "GatesClosed",
    "GivesNoSupport",
    "MayNotHelp",
    "NamedAlready",
    "NoDraft",
    "NotAMember",
    "NotAsked",
    "NotComplete",
    "NotMatching",
    "NotTheTurn",
    "NotToBeSigned",
    "NotYetMatched",
    "NothingFound",
    "NothingToSettle",
    "OtherStrands",
    "OtherWords",
    "OwnConflict",
    "SettledAlready",
    "TooLateToWithdraw",
    "ask_for_support",
    "ask_to_declare",
    "begin_review",
    "broker_strand",
    "check_diligence",
    "check_eligibility",
    "choose_supporting_school",
    "declare_interests",
    "decline_agreement",
    "decline_request",
    "drop_draft",
    "end_naming",
    "finish_matching",
    "judge_review",
    "keep_draft",
    "keep_view",
    "lacking_in",
    "look_again",
    "name_person",
    "open_request",
    "refer_school",
    "release_strand",
    "renew_agreement",
    "reply_to_review",
    "send_agreement",
    "settle_conflict",
    "sign_agreement",
    "signpost_request",
    "take_back_matching",
    "watch_programme",
    "withdraw_request",
]
