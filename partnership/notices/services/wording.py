"""An alliance words its mails itself, or goes back to our words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.audit.services import record
from partnership.notices.models import MailWording
from partnership.notices.placeholders import check_placeholders
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


@transaction.atomic
def word_mail(
    *,
    alliance_id: int,
    kind: str,
    subject: str,
    opening: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> MailWording:
    """Write mails of a kind so in this alliance; nothing written means in our words.

    What was written before stays in the audit. Raises ValidationError for a placeholder that isn't
    listed.
    """
    check_placeholders(subject)
    check_placeholders(opening)
    wording, _is_new = MailWording.objects.get_or_create(
        alliance_id=alliance_id, kind=kind, defaults={"version": 0}
    )
    current = lock(wording, seen_version=seen_version)
    before = {"subject": current.subject, "opening": current.opening}
    after = {"subject": subject, "opening": opening}
    if changed := apply_changes(current, after):
        record(
            "back to our words" if current.is_ours else "mail worded",
            current,
            by=by,
            at=now,
            fields=changed,
            values={name: [before[name], after[name]] for name in changed if name in after},
            alliance_id=alliance_id,
        )
    return current
