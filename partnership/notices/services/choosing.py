"""How somebody wants to be reminded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from partnership.audit.services import record
from partnership.notices.models import MailChoice
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes


@transaction.atomic
def choose_reminders(
    *,
    person: Person,
    reminders: MailChoice.Reminders,
    now: datetime,
    by_kind: Mapping[str, str] | None = None,
) -> MailChoice:
    """Remind her as she chooses from now on; of the kinds of duty in `by_kind` as it says.

    Without `by_kind`, what she chose for single kinds stays.
    """
    choice, _is_new = MailChoice.objects.select_for_update().get_or_create(person=person)
    wanted: dict[str, object] = {"reminders": reminders}
    if by_kind is not None:
        wanted["by_kind"] = dict(by_kind)
    if changed := apply_changes(choice, wanted):
        record("reminders chosen", choice, by=person, at=now, title="Reminders", fields=changed)
    return choice


def stop_reminders(*, person: Person, now: datetime) -> MailChoice:
    """Send her no reminders by mail of any kind; the desk still shows what waits on her."""
    nothing = MailChoice.Reminders.NONE
    return choose_reminders(person=person, reminders=nothing, by_kind={}, now=now)


@transaction.atomic
def clear_refusal(*, choice: MailChoice, by: Person, now: datetime) -> None:
    """Write to an address again that had refused mail."""
    choice.refused_at = None
    choice.refused_because = ""
    choice.save(update_fields=["refused_at", "refused_because"])
    record("refusal cleared", choice, by=by, at=now, title="Address", fields=["refused_at"])
