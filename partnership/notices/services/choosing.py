"""How somebody wants to be reminded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.audit.services import record
from partnership.notices.models import MailChoice
from partnership.people.models import Person


@transaction.atomic
def choose_reminders(
    *, person: Person, reminders: MailChoice.Reminders, now: datetime
) -> MailChoice:
    """Remind her as she chooses from now on."""
    choice, _is_new = MailChoice.objects.select_for_update().get_or_create(person=person)
    if choice.reminders != reminders:
        choice.reminders = reminders
        choice.save(update_fields=["reminders"])
        record(
            "reminders chosen", choice, by=person, at=now, title="Reminders", fields=["reminders"]
        )
    return choice


def stop_reminders(*, person: Person, now: datetime) -> MailChoice:
    """Send her no reminders by mail any more; the desk still shows what waits on her."""
    return choose_reminders(person=person, reminders=MailChoice.Reminders.NONE, now=now)


@transaction.atomic
def clear_refusal(*, choice: MailChoice, by: Person, now: datetime) -> None:
    """Write to an address again that had refused mail."""
    choice.refused_at = None
    choice.refused_because = ""
    choice.save(update_fields=["refused_at", "refused_because"])
    record("refusal cleared", choice, by=by, at=now, title="Address", fields=["refused_at"])
