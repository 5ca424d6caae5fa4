"""Entries of the menu."""

from __future__ import annotations

from partnership.notices.permissions import can_run_outbox
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """Everybody chooses reminders; portal staff see the outbox."""
    found = [NavEntry("Reminders", address("notices:reminders_choose"), 910)]
    if can_run_outbox(person):
        found.append(NavEntry("Outbox", address("notices:notice_list"), 950))
    return found
