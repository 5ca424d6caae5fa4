"""Invented people beyond those whom the schools' demo has used."""

from __future__ import annotations

from collections.abc import Iterator

from alliances.schools.demo import address_of
from partnership.people.demo import FAMILIES, invented_names
from partnership.people.models import Person

FURTHER_TURNS = (2, 3, 4)


def free_names() -> Iterator[tuple[str, str]]:
    """Name and address of each whom nobody in the demo is called."""
    taken = set(Person.objects.values_list("email", flat=True))
    for name in (*invented_names(), *_further()):
        email = address_of(name)
        if email not in taken:
            taken.add(email)
            yield name, email


def _further() -> Iterator[str]:
    """The same first names with other families."""
    for turn in FURTHER_TURNS:
        for first_names, last_names, _turns in FAMILIES:
            family = last_names.split()
            for place, first in enumerate(first_names.split()):
                yield f"{first} {family[(place + 3 + 5 * turn) % len(family)]}"
