"""The schools' place in the top bar."""

from __future__ import annotations

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(_person: Person) -> list[NavEntry]:
    """The register, for everybody who signs in."""
    return [NavEntry("Schools", address("schools:school_list"), 70)]
