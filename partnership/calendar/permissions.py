"""Who may see, settle and import term dates.

When schools are open is public, so everybody who signs in may see every year. Who settles the
dates of an authority or a school is said by the rooms that know their people.
"""

from __future__ import annotations

from datetime import date

from partnership.people.models import Person
from partnership.toolkit.registers.owners import CalendarOwner, editors_of


def can_see_year(person: Person, owner: CalendarOwner) -> bool:
    """Everybody who signs in may see when schools are open."""
    return person.is_active and bool(owner.name)


def can_edit_year(person: Person, owner: CalendarOwner, on: date) -> bool:
    """A head settles her school’s dates, a director those of an authority of her schools."""
    return person.is_active and any(kind.may_edit(person, owner, on) for kind in editors_of(owner))


def can_import_term_dates(person: Person) -> bool:
    """Portal staff import files of term dates."""
    return person.is_active and person.is_staff
