"""Panels of a programme's page, from the signed agreement on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from support.progress.parts import MAIN, SIDE, TOP, TURN, Maker
from support.progress.permissions import can_see_course


def _kind(key: str, place: str, make: Maker) -> CardKind:
    def card(rights: Any, _programme: Any, now: datetime) -> Card | None:
        """What the part shows to the reader of a programme's page."""
        part = make(rights, now) if can_see_course(rights) else None
        return Card(part.template, part.nouns) if part is not None else None

    return CardKind(key=f"progress.{key}", place=place, card=card)


def support_of_alliance(_person: Person, alliance: Any, _now: datetime) -> Card | None:
    """The way to the director's page; the alliance's page knows whether she directs it."""
    if not getattr(alliance, "is_directed", False):
        return None
    return Card("progress/includes/_card_alliance.html", {"alliance": alliance})


CARDS: tuple[CardKind, ...] = (
    CardKind(key="progress.alliance", place="alliance", card=support_of_alliance),
    *(_kind(key, "programme_top", make) for key, make in TOP),
    *(_kind(key, "programme", make) for key, make in MAIN),
    *(_kind(key, "programme_side", make) for key, make in SIDE),
    *(_kind(key, "programme_turn", make) for key, make in TURN),
)
