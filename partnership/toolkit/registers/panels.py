"""Panels for pages, and entries of the top bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partnership.toolkit.registers.finding import gather, modules_with


@dataclass(frozen=True)
class Card:
    """A panel ready to be shown: a template and what it shows.

    `says` are words of what its rows tell of the person, for whatever stands beside them; `follows`
    is the calendar that she lives by, where the panel knows it. Without a template it only says.
    """

    template: str
    context: dict[str, Any]
    says: frozenset[str] = frozenset()
    follows: Any = None


@dataclass(frozen=True)
class CardKind:
    """A panel for a place: `desk`, `school`, `alliance` or `front`.

    `card` takes the person, the thing the page is about (None on the desk and the front) and the
    moment; None shows nothing. `words` are all that such a panel may say of the person.
    """

    key: str
    place: str
    card: Callable[[Any, Any, datetime], Card | None]
    words: tuple[str, ...] = ()


def cards_for(place: str, person: Any, thing: Any, now: datetime) -> list[Card]:
    """Every room's panels for a place, those with something to show."""
    return shown(keyed_cards_for(place, person, thing, now))


def keyed_cards_for(place: str, person: Any, thing: Any, now: datetime) -> dict[str, Card]:
    """All of them, those that show nothing too, by the keys of their kinds."""
    kinds = (kind for kind in gather("cards", "CARDS") if kind.place == place)
    cards = ((kind.key, kind.card(person, thing, now)) for kind in kinds)
    return {key: card for key, card in cards if card is not None}


def shown(cards: Mapping[str, Card]) -> list[Card]:
    """Those that have something to show."""
    return [card for card in cards.values() if card.template]


def places_beside(cards: Mapping[str, Card]) -> set[str]:
    """What a duty may stand beside: each panel, and each word that it says of the person."""
    return {*cards, *(f"{key}:{word}" for key, card in cards.items() for word in card.says)}


@dataclass(frozen=True)
class NavEntry:
    """A place in the top bar; `starts` are the addresses below which it is the current one."""

    label: str
    url: str
    order: int
    starts: tuple[str, ...] = ()
    count: int = 0


def navigation(person: Any) -> list[NavEntry]:
    """Every room's entries for a person, in their order."""
    entries = [entry for module in modules_with("navigation") for entry in module.entries(person)]
    return sorted(entries, key=lambda entry: (entry.order, entry.label))
