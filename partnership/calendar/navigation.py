"""Entries of the menu."""

from __future__ import annotations

from django.urls import reverse

from partnership.people.models import Person
from partnership.toolkit.registers import NavEntry


def entries(_person: Person) -> list[NavEntry]:
    """Everybody sees when schools are open."""
    return [NavEntry("Term dates", reverse("calendar:calendar_list"), 905)]
