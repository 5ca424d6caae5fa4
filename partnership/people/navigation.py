"""Entries of the menu under a person's name."""

from __future__ import annotations

from partnership.people.models import Person
from partnership.people.permissions import can_work_in_office
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """Everybody's own details; the admin for portal staff."""
    found = [NavEntry("My details", address("people:my_details"), 900)]
    if can_work_in_office(person):
        found.append(NavEntry("Admin", address("admin:index"), 990))
    return found
