"""Entries of the menu."""

from __future__ import annotations

from partnership.invitations.permissions import can_invite
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """The invitations for those who may invite."""
    if not can_invite(person):
        return []
    return [NavEntry("Invitations", address("invitations:invitation_list"), 940)]
