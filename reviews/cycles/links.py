"""The link of a mail that accepts or declines one place in a team, without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "cycles.place"
LONGEST = 400 * 24 * 3600


def place_path(place_id: int) -> str:
    """Where the mail of this asking leads; who is asked anew has another place, and another link."""
    token = signing.dumps([place_id], salt=SALT, compress=False)
    return reverse("cycles:place_answer_by_mail", args=[token])


def place_address(place_id: int) -> str:
    """The same with the portal's host."""
    return settings.PORTAL_URL + place_path(place_id)


def read_token(token: str) -> int | None:
    """The place that a link is about, or None for a token that isn't ours."""
    try:
        (place_id,) = signing.loads(token, salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return place_id if isinstance(place_id, int) else None
