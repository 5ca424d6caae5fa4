"""What the search page shows: what was found, kind by kind, and whether there is more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from partnership.toolkit.folding import folded
from partnership.toolkit.registers import (
    Found,
    SearchKind,
    Somebody,
    search,
    search_alike,
    search_kinds,
)

LONGEST = 200
OF_EACH_KIND = 5
OF_ONE_KIND = 50


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: SearchKind
    rows: list[Found]
    has_more: bool
    address: str


@dataclass(frozen=True)
class Hits:
    """What was found of every kind, or only of one; perhaps only nearly what was typed."""

    groups: list[Group]
    is_alike: bool
    only: SearchKind | None


def look_for(person: Somebody, typed: str, *, only: str, on: date) -> Hits:
    """What the person may see of what was typed; what is spelt nearly so when nothing is."""
    words = folded(typed.replace("\x00", ""))[:LONGEST]
    kind = search_kinds().get(only)
    kinds = (only,) if kind is not None else ()
    shown = OF_ONE_KIND if kind is not None else OF_EACH_KIND
    if not words:
        return Hits([], is_alike=False, only=kind)
    found = search(person, words, limit=shown + 1, on=on, kinds=kinds)
    is_alike = not found
    if is_alike:
        found = search_alike(person, words, limit=shown + 1, on=on, kinds=kinds)
    return Hits(_groups(found, typed, shown), is_alike=is_alike and bool(found), only=kind)


def _groups(found: list[Found], typed: str, shown: int) -> list[Group]:
    places = {key: place for place, key in enumerate(search_kinds())}
    ordered = sorted(found, key=lambda each: places[each.kind])
    groups = []
    for key, rows in groupby(ordered, key=lambda each: each.kind):
        of_kind = list(rows)
        query = urlencode({"q": typed, "kind": key})
        address = f"{reverse('home:search')}?{query}"
        groups.append(Group(search_kinds()[key], of_kind[:shown], len(of_kind) > shown, address))
    return groups
