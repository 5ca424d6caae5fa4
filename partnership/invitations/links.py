"""The link of an invitation's mail: signed, short-lived, and made only when a mail is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "invitations.accept"


@dataclass(frozen=True)
class Ticket:
    """What a link says: which invitation, and which of its mails."""

    invitation_id: int
    issue: int


def accept_path(invitation_id: int, issue: int) -> str:
    """Where whoever holds the mail accepts."""
    token = signing.dumps([invitation_id, issue], salt=SALT)
    return reverse("invitations:invitation_accept", args=[token])


def read_token(token: str) -> Ticket | None:
    """What a token says; None when it was changed, made up, or is too old to be any good."""
    longest = timedelta(days=settings.INVITATION_DAYS)
    try:
        invitation_id, issue = signing.loads(token, salt=SALT, max_age=longest)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(invitation_id, issue)
