"""The room's place in the top bar."""

from __future__ import annotations

from partnership.people.models import Person
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """Reviews, for everybody who signs in; cycles in which she has no part aren't there."""
    if not person.is_active:
        return []
    return [NavEntry("Reviews", "/reviews/", order=50)]
