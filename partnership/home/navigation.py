"""Entries of the top bar and of the menu under a person's name."""

from __future__ import annotations

from django.conf import settings

from partnership.home.permissions import can_see_style
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NavEntry


def entries(person: Person) -> list[NavEntry]:
    """The desk for everybody, the style page for portal staff, the demo's mails in the demo."""
    found = [NavEntry("Desk", address("home:desk"), 0)]
    if can_see_style(person):
        found.append(NavEntry("Style", address("home:style"), 960))
    if settings.DEMO:
        found.append(NavEntry("Mails of the demo", address("home:demo_mails"), 970))
    found.append(NavEntry("Sign out", address("account_logout"), 999))
    return found
