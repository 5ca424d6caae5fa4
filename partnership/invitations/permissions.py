"""Who may invite people, and look after invitations."""

from partnership.invitations.models import Invitation
from partnership.people.models import Person


def can_invite(person: Person) -> bool:
    """Portal staff invite."""
    return person.is_active and person.is_staff


def can_send_again(person: Person, invitation: Invitation) -> bool:
    """Whoever may invite sends again what nobody has answered."""
    return can_invite(person) and _is_unanswered(invitation)


def can_withdraw(person: Person, invitation: Invitation) -> bool:
    """Whoever may invite withdraws what nobody has answered."""
    return can_invite(person) and _is_unanswered(invitation)


def _is_unanswered(invitation: Invitation) -> bool:
    return invitation.accepted_at is None and invitation.withdrawn_at is None
