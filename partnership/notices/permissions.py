"""Who may look after the outbox."""

from partnership.people.models import Person


def can_run_outbox(person: Person) -> bool:
    """Portal staff see what was queued, sent and refused, and may try again."""
    return person.is_active and person.is_staff
