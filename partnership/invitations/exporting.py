"""The list of invitations as a file, for portal staff."""

from __future__ import annotations

from partnership.invitations.models import Invitation
from partnership.toolkit.exports import Column

COLUMNS = (
    Column("Name", lambda invitation: invitation.person.name, 28),
    Column("E-mail address", lambda invitation: invitation.person.email, 34),
    Column("State", lambda invitation: Invitation.State(invitation.state).label, 12),
    Column(
        "Invited by",
        lambda invitation: invitation.invited_by.name if invitation.invited_by else "The portal",
        28,
    ),
    Column("On behalf of", lambda invitation: invitation.on_behalf_of, 34),
    Column("Invited", lambda invitation: invitation.invited_at),
    Column("Last sent", lambda invitation: invitation.sent_at),
    Column("Can be accepted until", lambda invitation: invitation.expires_at),
    Column("Accepted", lambda invitation: invitation.accepted_at),
    Column("Withdrawn", lambda invitation: invitation.withdrawn_at),
)
