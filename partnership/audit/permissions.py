"""Who may read the whole audit trail; a thing's own history follows the thing."""

from __future__ import annotations

from partnership.toolkit.registers import Somebody


def can_read_audit(person: Somebody) -> bool:
    """Portal staff see that something was done, when and by whom; never confidential values."""
    return person.is_staff
