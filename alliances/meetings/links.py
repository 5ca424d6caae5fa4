"""The link of a mail that answers one meeting for one person, without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "meetings.answer"
LONGEST = 400 * 24 * 3600


def answer_path(reply_id: int, asking: int) -> str:
    """Where the mail of this asking leads; a later asking has another."""
    token = signing.dumps([reply_id, asking], salt=SALT, compress=False)
    return reverse("meetings:meeting_answer_by_mail", args=[token])


def answer_address(reply_id: int, asking: int) -> str:
    """The same with the portal's host."""
    return settings.PORTAL_URL + answer_path(reply_id, asking)


def read_token(token: str) -> tuple[int, int] | None:
    """The reply and its asking, or None for a token that isn't ours."""
    try:
        reply_id, asking = signing.loads(token, salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return reply_id, asking
