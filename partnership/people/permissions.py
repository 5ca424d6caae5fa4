"""Who may look after people."""

from partnership.people.models import Person


def can_work_in_office(person: Person) -> bool:
    """Portal staff look after people, invitations and registers."""
    return person.is_active and person.is_staff


def can_deactivate(person: Person, other: Person) -> bool:
    """Portal staff close accounts, but never their own: so one of them always remains."""
    return can_work_in_office(person) and person.pk != other.pk


def can_change_staff(person: Person, other: Person) -> bool:
    """Portal staff appoint and dismiss portal staff, but never themselves."""
    return can_work_in_office(person) and person.pk != other.pk
