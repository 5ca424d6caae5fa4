"""What people do in the directory of support."""

from support.directory.services.ledger import (
    NotEnoughDays,
    deliver_days,
    give_back_days,
    offer_days,
    offer_days_ahead,
    promise_days,
)

__all__ = [
    "NotEnoughDays",
    "deliver_days",
    "give_back_days",
    "offer_days",
    "offer_days_ahead",
    "promise_days",
]
