"""Entries of the menu."""

from __future__ import annotations

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(_person: Person) -> list[NavEntry]:
    """Everybody has a diary, and sees when schools are open."""
    return [
        NavEntry("Diary", address("calendar:diary"), 10),
        NavEntry("Term dates", address("calendar:calendar_list"), 905),
    ]
