"""What the school asked for, and what it was answered."""

from __future__ import annotations

from datetime import datetime

from support.programmes.parts.part import Part
from support.programmes.permissions import Rights


def asked(rights: Rights, now: datetime) -> Part | None:
    """The request in the school's own words."""
    if not rights.sees_request:
        return None
    programme = rights.programme
    nouns = {
        "programme": programme,
        "is_late": programme.is_late_to_answer(now),
        "is_waiting": programme.state == programme.State.ASKED,
    }
    return Part("programmes/includes/_asked.html", nouns)
