"""Whose academic year a term calendar is, who settles it, and who lives by it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from partnership.toolkit.registers.finding import Somebody, gather
from partnership.toolkit.registers.panels import Card


class Reference(NamedTuple):
    """Which dates hold for somebody: calendars by key and version, each only if there is one.

    A school has dates of its own, those of its authority above it, or both.
    """

    own_id: int | None = None
    own_version: int | None = None
    above_id: int | None = None
    above_version: int | None = None

    @property
    def own_key(self) -> tuple[int, int]:
        """Its own calendar in a version; (0, 0) for none."""
        return self.own_id or 0, self.own_version or 0

    @property
    def above_key(self) -> tuple[int, int]:
        """The calendar that it follows, in a version; (0, 0) for none."""
        return self.above_id or 0, self.above_version or 0


@dataclass(frozen=True)
class CalendarOwner:
    """An authority or a school, as far as its academic year is concerned.

    `kind` and `key` stand in addresses; `above` is whose dates hold where it says nothing itself.
    """

    kind: str
    key: str
    pk: int
    name: str
    reference: Reference
    url: str = ""
    above: CalendarOwner | None = None
    school_id: int | None = None

    @property
    def version(self) -> int:
        """The version of its own calendar; 0 while it has none."""
        return self.reference.own_version or 0


@dataclass(frozen=True)
class OwnerKind:
    """Authorities or schools: how one is found by the key in addresses, and takes a calendar.

    `follow` locks the owner and gives it a calendar of its own; it raises ChangedSince where it has
    got one meanwhile. `of_calendars` says whose each of many calendars is, in one query.
    """

    key: str
    words: str
    find: Callable[[Any, str], CalendarOwner | None]
    find_many: Callable[[Collection[str]], dict[str, CalendarOwner]]
    of_calendars: Callable[[Collection[int]], dict[int, CalendarOwner]]
    follow: Callable[[CalendarOwner, Any], None]


@dataclass(frozen=True)
class EditorKind:
    """Who may settle the years of one kind of owner."""

    kind: str
    may_edit: Callable[[Any, CalendarOwner, date], bool]


class Followed(NamedTuple):
    """The calendar that a person lives by: its dates, and whose it is."""

    reference: Reference
    name: str
    kind: str
    key: str


@dataclass(frozen=True)
class FollowedKind:
    """How a room finds the calendar that a person lives by.

    It is what a panel of the desk `follows` where it stands `beside` one, by its key; a desk
    without that panel, so the room, knows of none.
    """

    ask: Callable[[Any, date], Followed | None]
    beside: str = ""


@cache
def owner_kinds() -> dict[str, OwnerKind]:
    """Every kind of owner by its key in addresses."""
    return {kind.key: kind for kind in gather("owners", "OWNERS")}


def owner_of(person: Somebody, kind: str, key: str) -> CalendarOwner | None:
    """The owner at an address, if this person may see it."""
    found = owner_kinds().get(kind)
    return found.find(person, key) if found else None


def editors_of(owner: CalendarOwner) -> Iterator[EditorKind]:
    """Who may settle the years of an owner."""
    return (each for each in gather("owners", "EDITORS") if each.kind == owner.kind)


def followed_by(
    person: Somebody, on: date, *, panels: Mapping[str, Card] | None = None
) -> Followed | None:
    """The calendar of a person's school, else of where her alliance is, in one query a room.

    `panels` are those that her desk shows, where that is known already.
    """
    kinds: tuple[FollowedKind, ...] = gather("owners", "FOLLOWED")
    rooms = (_asked(kind, person, on, panels) for kind in kinds)
    return next((found for found in rooms if found is not None), None)


def _asked(
    kind: FollowedKind, person: Somebody, on: date, panels: Mapping[str, Card] | None
) -> Followed | None:
    if panels is None or not kind.beside:
        return kind.ask(person, on)
    panel = panels.get(kind.beside)
    return None if panel is None else panel.follows


def references_of_schools(school_ids: Collection[int]) -> dict[int, Reference]:
    """Which dates hold for each of many schools, in one query a room."""
    found: dict[int, Reference] = {}
    for ask in gather("owners", "SCHOOLS") if school_ids else ():
        found |= ask(school_ids)
    return found


def references_of_people(person_ids: Collection[int], on: date) -> dict[int, Reference]:
    """Which dates hold for whoever has posts in schools of one and the same, in one query a room."""
    found: dict[int, Reference] = {}
    for ask in gather("owners", "PEOPLE") if person_ids else ():
        found |= ask(person_ids, on)
    return found
