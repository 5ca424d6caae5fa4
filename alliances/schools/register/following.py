"""Reading the register's links between schools, and its trusts with their academies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from alliances.schools.register.layout import RefusedCell, day, given, urn, whole, words
from alliances.schools.register.lines import ANOTHER, RefusedFile, RefusedRow, Table, table_of

LINK_HEADERS = ("URN", "LinkURN", "LinkName", "LinkType")
TRUST_HEADERS = ("Group UID", "Group Name", "Group Type")
URN_HEADERS = ("Academy URN", "URN")
Row = TypeVar("Row")
Cells = dict[str, str]


@dataclass(frozen=True)
class LinkRow:
    """One link: which school followed which, in whichever direction the file says it."""

    line: int
    predecessor_urn: int
    successor_urn: int
    predecessor_name: str
    successor_name: str
    kind: str
    linked_on: date | None


@dataclass(frozen=True)
class TrustRow:
    """One school in a trust or a federation, with what the file says of the group."""

    line: int
    urn: int
    school_name: str
    uid: int
    name: str
    kind: str
    group_id: str = ""
    status: str = ""
    companies_house: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    joined_on: date | None = None


def kind_of(content: bytes) -> str:
    """What a file is by its header: schools, links or trusts; refuses what is none of them."""
    header = set(table_of(content).header)
    if header.issuperset(LINK_HEADERS):
        return "links"
    if header.issuperset(TRUST_HEADERS):
        return "trusts"
    return "schools"


def read_links(content: bytes) -> tuple[list[LinkRow], list[RefusedRow]]:
    """Each pair of schools once, however often and in whichever direction it is said."""
    rows, refused = _read(table_of(content), LINK_HEADERS, _link)
    pairs: dict[tuple[int, int], LinkRow] = {}
    for row in rows:
        pair = (row.predecessor_urn, row.successor_urn)
        known = pairs.get(pair)
        pairs[pair] = row if known is None else _both(known, row)
    return list(pairs.values()), refused


def _both(one: LinkRow, other: LinkRow) -> LinkRow:
    """A pair that is said from both sides: each side names the other school."""
    return LinkRow(
        line=one.line,
        predecessor_urn=one.predecessor_urn,
        successor_urn=one.successor_urn,
        predecessor_name=one.predecessor_name or other.predecessor_name,
        successor_name=one.successor_name or other.successor_name,
        kind=one.kind,
        linked_on=one.linked_on or other.linked_on,
    )


def _link(line: int, cells: Cells) -> LinkRow | None:
    kind = words(cells["LinkType"], 40)
    here, there = urn(cells["URN"], 0), urn(cells["LinkURN"], 0)
    if here == there:
        raise RefusedCell("links a school to itself")
    name = words(cells["LinkName"], 120)
    since = day(cells.get("LinkEstablishedDate", ""), 0)
    what = kind.partition(" - ")[2].capitalize()
    if kind.startswith("Predecessor"):
        return LinkRow(line, there, here, name, "", what, since)
    if kind.startswith("Successor"):
        return LinkRow(line, here, there, "", name, what, since)
    return None


def read_trusts(content: bytes) -> tuple[list[TrustRow], list[RefusedRow]]:
    """Each school in each group once."""
    table = table_of(content)
    key = next((name for name in URN_HEADERS if name in table.header), "")
    if not key:
        raise RefusedFile("This file names trusts but no schools in them.")
    return _read(table, TRUST_HEADERS, lambda line, cells: _trust(line, cells, key))


def _trust(line: int, cells: Cells, key: str) -> TrustRow:
    uid = whole(cells["Group UID"], 8)
    if uid is None:
        raise RefusedCell("has no “Group UID”")
    name = cells.get("Trust Academy Establishment Name") or cells.get("EstablishmentName", "")
    opened = cells.get("Open date") or cells.get("Incorporated on (open date)", "")
    return TrustRow(
        line=line,
        urn=urn(cells[key], 0),
        school_name=words(name, 120),
        uid=uid,
        group_id=words(cells.get("Group ID", ""), 12),
        name=given(cells["Group Name"], 160),
        kind=words(cells["Group Type"], 60),
        status=words(cells.get("Group Status", ""), 40),
        companies_house=words(cells.get("Companies House Number", ""), 10),
        opened_on=day(opened, 0),
        closed_on=day(cells.get("Closed Date", ""), 0),
        joined_on=day(cells.get("Joined date", ""), 0),
    )


def _read(
    table: Table, headers: tuple[str, ...], read: Callable[[int, Cells], Row | None]
) -> tuple[list[Row], list[RefusedRow]]:
    missing = [name for name in headers if name not in table.header]
    if missing:
        raise RefusedFile(f"This file has no column “{missing[0]}”.")
    rows: list[Row] = []
    refused: list[RefusedRow] = []
    last_width = width = len(table.header)
    for line, values in table.lines:
        last_width = len(values)
        cells = dict(zip(table.header, values, strict=False))
        if last_width != width:
            reason = f"it has {last_width} columns where the header has {width}"
            refused.append(RefusedRow(line, "", reason))
            continue
        try:
            row = read(line, cells)
        except RefusedCell as error:
            refused.append(RefusedRow(line, cells.get("URN", "")[:20], f"it {error}"))
            continue
        if row is not None:
            rows.append(row)
    if last_width < width:
        raise RefusedFile(f"This file is cut short: its last line isn’t whole. {ANOTHER}")
    if not rows and not refused:
        raise RefusedFile("This file has a header and nothing below it.")
    return rows, refused
