"""The entry of the top bar."""

from __future__ import annotations

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(_person: Person) -> list[NavEntry]:
    """Everybody has meetings."""
    return [NavEntry("Meetings", address("meetings:meeting_list"), 20)]
