"""By which rules a cycle's rota is drawn up, for everybody who sees it."""

from __future__ import annotations

from datetime import datetime

from reviews.cycles.models import Cycle
from reviews.cycles.parts.part import Part
from reviews.cycles.permissions import CycleRights, can_call_off_cycle


def rules(rights: CycleRights, _now: datetime) -> Part:
    """Team, window, length and limits, and what its organisers may do with the whole."""
    nouns = {
        "cycle": rights.cycle,
        "may_organise": rights.may_organise,
        "may_call_off": can_call_off_cycle(rights),
        "may_copy": rights.is_director,
        "may_ask_again": rights.may_organise and rights.cycle.state == Cycle.State.ASKING,
        "is_published": rights.may_organise and rights.cycle.has_rota,
    }
    return Part("cycles/includes/_rules.html", nouns)
