"""The end of support in short: who has looked back, and whether it lasts so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from support.programmes.models import Programme
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import facts_of


def the_end(rights: Rights, now: datetime) -> Part | None:
    """From the final review on, from facts alone; why it ended early stands on top already."""
    facts = facts_of(rights, now)
    programme = rights.programme
    if facts.ending_due_at is None or programme.state == Programme.State.STOPPED:
        return None
    nouns: dict[str, Any] = {
        "programme": programme,
        "facts": facts,
        "sides": [
            ("Supported school", facts.ended_school),
            ("Supporting school", facts.ended_supporter),
        ],
        "is_late": facts.ending_due_at < now,
        "check_is_late": facts.check_due_at is not None and facts.check_due_at < now,
        "checkback_is_late": facts.checkback_by is not None and facts.checkback_by < now,
    }
    return Part("progress/includes/_the_end.html", nouns)
