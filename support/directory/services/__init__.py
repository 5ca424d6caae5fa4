"""What people do in the directory of support."""

from support.directory.services.consenting import (
    NoHomeSchool,
    WithdrawnAlready,
    ask_for_consent,
    give_consent,
    refuse_consent,
    withdraw_consent,
)
from support.directory.services.ledger import (
    NotEnoughDays,
    deliver_days,
    give_back_days,
    offer_days,
    offer_days_ahead,
    promise_days,
)
from support.directory.services.lists import (
    add_designation,
    add_support_area,
    change_designation,
    change_rules,
    change_support_area,
    open_support,
)
from support.directory.services.practitioners import (
    ListedAlready,
    add_practitioner,
    change_practitioner,
    confirm_entry,
    end_practitioner,
)

__all__ = [
    "ListedAlready",
    "NoHomeSchool",
    "NotEnoughDays",
    "WithdrawnAlready",
    "add_designation",
    "add_practitioner",
    "add_support_area",
    "ask_for_consent",
    "change_designation",
    "change_practitioner",
    "change_rules",
    "change_support_area",
    "confirm_entry",
    "deliver_days",
    "end_practitioner",
    "give_back_days",
    "give_consent",
    "offer_days",
    "offer_days_ahead",
    "open_support",
    "promise_days",
    "refuse_consent",
    "withdraw_consent",
]
