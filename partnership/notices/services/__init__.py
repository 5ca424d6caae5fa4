"""Telling people: rows into the outbox, reminders and digests planned, mails sent."""

from partnership.notices.services.choosing import (
    choose_reminders,
    clear_refusal,
    stop_reminders,
)
from partnership.notices.services.digesting import plan_digests
from partnership.notices.services.planning import plan_reminders
from partnership.notices.services.sending import send_waiting
from partnership.notices.services.telling import drop_notice, retry_notices, tell
from partnership.notices.services.timing import time_reminders, use_our_reminders
from partnership.notices.services.wording import word_mail

__all__ = [
    "choose_reminders",
    "clear_refusal",
    "drop_notice",
    "plan_digests",
    "plan_reminders",
    "retry_notices",
    "send_waiting",
    "stop_reminders",
    "tell",
    "time_reminders",
    "use_our_reminders",
    "word_mail",
]
