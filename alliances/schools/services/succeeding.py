"""Finding which school a new one came from, and which one a school of an older file became."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from alliances.schools.belonging import Schools
from alliances.schools.models import ProposedChange, School, SchoolLink
from alliances.schools.register import Contents
from alliances.schools.register.codes import CLOSED
from alliances.schools.services.entries import Entry
from partnership.toolkit.folding import folded

STATUS_AT = 4
Row = tuple[int, int, str, int | None, str, str]


def find_predecessors(entries: list[Entry], contents: Contents) -> None:
    """Name for each new open school the one that it follows, where exactly one can be meant.

    The register's own link says it best; else a converting academy keeps its authority and
    number, and a school founded anew on the same site its name and postcode. A school that the
    file itself still calls open has no successor.
    """
    opened = {each.urn: each for each in entries if each.facts["status"][1] != CLOSED}
    if not opened:
        return
    linked = _linked(set(opened))
    places: dict[Hashable, list[int]] = {}
    by_urn: dict[int, int] = {}
    for pk, urn, *about in _open_schools(entries, contents):
        by_urn[urn] = pk
        for place in _places(*about):
            places.setdefault(place, []).append(pk)
    taken: set[int] = set()
    for urn, entry in opened.items():
        found = [by_urn[before] for before in linked.get(urn, ()) if before in by_urn]
        found = found or next(_alone(entry, places), [])
        if len(found) == 1 and found[0] not in taken:
            taken.add(found[0])
            entry.kind = ProposedChange.Kind.CONVERTED
            entry.predecessor_id = found[0]


def find_successors(entries: list[Entry], contents: Contents) -> None:
    """Name for each open school that only an older file has the one it may have become since.

    A school of its authority and number, or of its name and postcode, that opened after the file’s
    day and that the file doesn't have: where exactly one can be meant, staff are asked.
    """
    missing = [
        each
        for each in entries
        if each.kind == ProposedChange.Kind.NEW and each.facts["status"][1] != CLOSED
    ]
    if not missing or contents.published_on is None:
        return
    here = {each.urn for each in contents.schools}
    since = School.objects.filter(opened_on__gt=contents.published_on)
    places: dict[Hashable, list[int]] = {}
    for pk, urn, *about in _of_the_same_authorities(since, missing):
        for place in _places(*about) if urn not in here else ():
            places.setdefault(place, []).append(pk)
    taken: set[int] = set()
    for entry in missing:
        found = next(_alone(entry, places), [])
        if len(found) == 1 and found[0] not in taken:
            taken.add(found[0])
            entry.successor_id = found[0]


def _linked(urns: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    pairs = SchoolLink.objects.exclude(kind__startswith="Sixth Form")
    for after, before in pairs.values_list("successor_urn", "predecessor_urn"):
        if after in urns:
            found.setdefault(after, []).append(before)
    return found


def _open_schools(entries: list[Entry], contents: Contents) -> Iterator[Row]:
    """Those that may have been followed by the file's day: not what opened later."""
    still_open = {each.urn for each in contents.schools if each.values[STATUS_AT] != CLOSED}
    schools = School.objects.all()
    if contents.published_on is not None:
        schools = schools.exclude(opened_on__gt=contents.published_on)
    for row in _of_the_same_authorities(schools, entries):
        if row[1] not in still_open:
            yield row


def _of_the_same_authorities(schools: Schools, entries: list[Entry]) -> Iterator[Row]:
    codes = {str(entry.facts["authority"][1]) for entry in entries}
    rows = schools.filter(authority__code__in=codes, is_example=False).exclude(status=CLOSED)
    columns = ("pk", "urn", "authority__code", "establishment_number", "postcode", "name")
    yield from rows.values_list(*columns).iterator()


def _places(code: object, number: object, postcode: object, name: object) -> Iterator[Hashable]:
    if number:
        yield ("number", code, number)
    if postcode:
        yield ("site", code, postcode, folded(str(name)))


def _alone(entry: Entry, places: dict[Hashable, list[int]]) -> Iterator[list[int]]:
    """The one school at each place that tells, the surer first."""
    said = {name: after for name, (_before, after) in entry.facts.items()}
    about = (said["authority"], said.get("establishment_number"), said.get("postcode"), entry.name)
    for place in _places(*about):
        if len(here := places.get(place, [])) == 1:
            yield here
