"""Signing out devices that aren't at hand."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from partnership.audit.services import record
from partnership.people.devices import end_sessions
from partnership.people.models import Person


@transaction.atomic
def sign_out_device(*, session: UserSession, by: Person, now: datetime) -> None:
    """End one session at once."""
    session.end()
    record("device signed out", by, by=by, at=now, title="Person")


@transaction.atomic
def sign_out_everywhere_else(*, person: Person, keep: str, now: datetime) -> int:
    """End every session but the one at hand; how many those were."""
    ended = end_sessions(person_id=person.pk, keep=keep)
    if ended:
        record("other devices signed out", person, by=person, at=now, title="Person")
    return ended
