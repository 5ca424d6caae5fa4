"""Who may see what belongs to no room above."""

from partnership.people.models import Person


def can_see_style(person: Person) -> bool:
    """Portal staff see every piece of the look in every state."""
    return person.is_active and person.is_staff
