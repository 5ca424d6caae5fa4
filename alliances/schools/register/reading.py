"""Reading a whole extract before anything is written: every row, or why not."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from alliances.schools.register.following import TrustRow
from alliances.schools.register.inspections import InspectionColumns, InspectionRow
from alliances.schools.register.layout import COLUMNS, GROUP_COLUMNS, Column, RefusedCell, Value
from alliances.schools.register.lines import (
    ANOTHER,
    RefusedFile,
    RefusedRow,
    Table,
    day_in,
    table_of,
)

LONGEST_CODE = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One school as the file describes it, with only the facts that the file speaks of."""

    line: int
    fields: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def facts(self) -> dict[str, Value]:
        """What the file says of the school."""
        return dict(zip(self.fields, self.values, strict=True))

    @property
    def urn(self) -> int:
        """The school's number."""
        urn = self.values[0]
        assert isinstance(urn, int)  # noqa: S101 the layout reads it as a number
        return urn


@dataclass(frozen=True)
class GroupColumns:
    """What a file says of trusts, or of federations: each school's, or that it is in none."""

    kind: str
    rows: list[TrustRow]
    in_none: dict[int, int]


@dataclass(frozen=True)
class Contents:
    """A file that was read from its first line to its last."""

    schools: list[Reading]
    refused: list[RefusedRow]
    published_on: date | None
    layout: str
    fields: tuple[str, ...]
    groups: tuple[GroupColumns, ...] = ()
    inspections: tuple[InspectionRow, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Where in a row a fact stands, and how its cell is read."""

    column: Column
    header: str
    at: int
    before: tuple[int, ...]

    def value(self, cells: list[str]) -> Value:
        cell = cells[self.at]
        if self.before:
            cell = " ".join([cells[at] for at in self.before] + [cell])
        return self.column.read(cell, self.column.limit)


class _Groups:
    """The trusts or the federations of a file's schools, gathered row by row."""

    def __init__(self, header: list[str], names: tuple[str, str, str, str]) -> None:
        code, name, flag, kind = names
        self.columns = GroupColumns(kind, [], {})
        self.code_at = header.index(code)
        self.name_at = header.index(name) if name in header else self.code_at
        self.flag_at = header.index(flag) if flag in header else None

    def take(self, line: int, cells: list[str], values: tuple[Value, ...]) -> None:
        code, urn, name = cells[self.code_at].strip(), int(str(values[0])), str(values[3])
        if not code:
            self.columns.in_none[urn] = line
        elif code.isascii() and code.isdigit() and len(code) <= LONGEST_CODE:
            flag = cells[self.flag_at].strip() if self.flag_at is not None else ""
            kind = flag.removeprefix("Supported by a ").capitalize() or self.columns.kind
            group = " ".join(cells[self.name_at].split())[:160]
            self.columns.rows.append(
                TrustRow(line, urn, name, uid=int(code), name=group, kind=kind)
            )


def read_register(
    content: bytes,
    *,
    name: str = "",
    la_codes: Collection[str] = (),
    published_on: date | None = None,
) -> Contents:
    """All schools of an extract, or only those of some authorities.

    Its day is what somebody says or else what its name says.
    Raises RefusedFile when the file as a whole can't be trusted: then nothing of it counts.
    """
    table = table_of(content)
    places = _places(table.header)
    groups = [_Groups(table.header, names) for names in GROUP_COLUMNS if names[0] in table.header]
    inspections = InspectionColumns(table.header)
    schools, refused = _rows(table, places, la_codes, [*groups, inspections])
    if not schools and not refused:
        raise RefusedFile(_nothing(la_codes))
    fields, readings = _speaking(places, schools)
    return Contents(
        schools=readings,
        refused=[*refused, *inspections.refused],
        published_on=published_on or day_in(name),
        layout=layout_of(table.header),
        fields=fields,
        groups=tuple(each.columns for each in groups if each.columns.rows),
        inspections=tuple(inspections.rows),
    )


def layout_of(header: list[str]) -> str:
    """A short sign of a file's set of columns, in whatever order they stand."""
    return hashlib.sha256("\n".join(sorted(header)).encode()).hexdigest()[:12]


Row = tuple[int, tuple[Value, ...]]


def _rows(
    table: Table,
    places: list[_Place],
    la_codes: Collection[str],
    beside: list[_Groups | InspectionColumns],
) -> tuple[list[Row], list[RefusedRow]]:
    schools: list[Row] = []
    refused: list[RefusedRow] = []
    seen: dict[str, int] = {}
    last_width = width = len(table.header)
    urn_at, code_at = places[0].at, places[1].at
    for line, cells in table.lines:
        last_width = len(cells)
        urn = cells[urn_at].strip() if urn_at < last_width else ""
        if urn and urn in seen:
            raise RefusedFile(f"URN {urn[:20]} stands on lines {seen[urn]} and {line}. {ANOTHER}")
        seen[urn] = line
        if la_codes and not (code_at < last_width and cells[code_at].strip() in la_codes):
            continue
        try:
            values = _values(cells, places, width)
            for columns in beside:
                columns.take(line, cells, values)
            schools.append((line, values))
        except RefusedCell as error:
            refused.append(RefusedRow(line, urn[:20], str(error)))
    if last_width < width:
        raise RefusedFile(f"This file is cut short: its last line isn’t whole. {ANOTHER}")
    return schools, refused


def _values(cells: list[str], places: list[_Place], width: int) -> tuple[Value, ...]:
    if len(cells) != width:
        raise RefusedCell(f"it has {len(cells)} columns where the header has {width}")
    values = []
    for place in places:
        try:
            values.append(place.value(cells))
        except RefusedCell as error:
            raise RefusedCell(f"“{place.header}” {error}") from error
    return tuple(values)


def _nothing(la_codes: Collection[str]) -> str:
    if la_codes:
        return f"This file has no school of {', '.join(sorted(la_codes))}."
    return "This file has a header and no schools."


def _places(header: list[str]) -> list[_Place]:
    """Where each fact stands that the file has a column for; the required ones first."""
    found = []
    for column in COLUMNS:
        name = column.header if column.header in header else column.also
        if not name or name not in header:
            if column.is_required:
                raise RefusedFile(
                    "This isn’t an extract of the national register: "
                    f"it has no column “{column.header}”."
                )
            continue
        if header.count(name) > 1:
            raise RefusedFile(f"This file has the column “{name}” twice.")
        before = tuple(header.index(part) for part in column.behind if part in header)
        found.append(_Place(column, name, header.index(name), before))
    return found


def _speaking(places: list[_Place], rows: list[Row]) -> tuple[tuple[str, ...], list[Reading]]:
    """The rows without columns that are blank from top to bottom: those say nothing."""
    kept = [
        at
        for at, place in enumerate(places)
        if place.column.is_required or any(values[at] not in ("", None) for _line, values in rows)
    ]
    fields = tuple(places[at].column.field for at in kept)
    readings = [Reading(line, fields, tuple(values[at] for at in kept)) for line, values in rows]
    return fields, readings
