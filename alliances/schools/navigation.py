"""Where the top bar leads from this room."""

from __future__ import annotations

from alliances.schools.permissions import can_keep_register
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """Schools for everybody who signs in; files of the register for portal staff."""
    found = [NavEntry("Schools", address("schools:school_list"), 70)]
    if can_keep_register(person):
        found.append(NavEntry("Register files", address("schools:register_updates"), 945))
    return found
