"""The room's place in the top bar."""

from __future__ import annotations

from partnership.people.models import Person
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """Workhubs, for everybody who signs in; what she doesn't belong to isn't listed there."""
    return [NavEntry("Workhubs", "/workhubs/", order=30)] if person.is_active else []
