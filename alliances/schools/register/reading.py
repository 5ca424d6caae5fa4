"""Reading a whole extract before anything is written: every row, or why not."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from alliances.schools.register.layout import COLUMNS, REQUIRED, Column, RefusedCell, Value

MAX_BYTES = 250_000_000
ANOTHER = "Download it again from Get Information about Schools."
CSV_WORDS = {"unexpected end of data": "it ends in the middle of a line"}


class RefusedFile(Exception):
    """A file that is no extract of the register; the message is one sentence for a person."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that wasn't applied: its line in the file, its URN as written, and why."""

    line: int
    urn: str
    reason: str

    def __str__(self) -> str:
        school = f", URN {self.urn}" if self.urn else ""
        return f"Line {self.line}{school}: {self.reason}."


@dataclass(frozen=True)
class Reading:
    """One school as the file describes it, with only the facts that the file has columns for."""

    line: int
    facts: dict[str, Value]

    @property
    def urn(self) -> int:
        """The school's number."""
        urn = self.facts["urn"]
        assert isinstance(urn, int)  # noqa: S101 the layout reads it as a number
        return urn


@dataclass(frozen=True)
class Contents:
    """A file that was read from its first line to its last."""

    schools: list[Reading]
    refused: list[RefusedRow]
    published_on: date | None


def read_register(content: bytes, *, name: str = "", la_codes: Collection[str] = ()) -> Contents:
    """All schools of an extract, or only those of some authorities.

    Raises RefusedFile when the file as a whole can't be trusted: then nothing of it counts.
    """
    lines = _lines(content)
    columns, width = _columns(next(lines, (1, []))[1])
    schools: list[Reading] = []
    refused: list[RefusedRow] = []
    seen: dict[str, int] = {}
    last_width = width
    for line, cells in lines:
        last_width = len(cells)
        urn = cells[columns["URN"][1]].strip() if columns["URN"][1] < last_width else ""
        if urn and urn in seen:
            raise RefusedFile(f"URN {urn[:20]} stands on lines {seen[urn]} and {line}. {ANOTHER}")
        seen[urn] = line
        if la_codes and not _is_of(cells, columns, la_codes):
            continue
        row = _row(line, cells, columns, width)
        schools.append(row) if isinstance(row, Reading) else refused.append(row)
    if last_width < width:
        raise RefusedFile(f"This file is cut short: its last line isn’t whole. {ANOTHER}")
    if not schools and not refused:
        raise RefusedFile(_nothing(la_codes))
    return Contents(schools, refused, published_on(name))


def published_on(name: str) -> date | None:
    """The day in a file's name: `edubasealldata20250717.csv`."""
    for year, month, day in re.findall(r"(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)", name, re.ASCII):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _nothing(la_codes: Collection[str]) -> str:
    if la_codes:
        return f"This file has no school of {', '.join(sorted(la_codes))}."
    return "This file has a header and no schools."


def _is_of(
    cells: list[str], columns: dict[str, tuple[Column, int]], la_codes: Collection[str]
) -> bool:
    place = columns["LA (code)"][1]
    return place < len(cells) and cells[place].strip() in la_codes


def _text(content: bytes) -> str:
    if not content.removeprefix(BOM_UTF8).strip():
        raise RefusedFile("This file is empty.")
    if len(content) > MAX_BYTES:
        raise RefusedFile("This file is larger than 250 MB, and no extract of the register is.")
    if b"\0" in content or content.startswith((b"PK", b"%PDF", b"\x1f\x8b")):
        raise RefusedFile("This isn’t a CSV file of text. Unpack it, or save it as CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RefusedFile(f"This file is neither Windows-1252 nor UTF-8. {ANOTHER}") from error


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row that isn't blank with the number of its first line, counted from 1."""
    text = _text(content)
    if not text.endswith(("\n", "\r", '"')):
        raise RefusedFile(f"This file is cut short: its last line has no end. {ANOTHER}")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reason = CSV_WORDS.get(str(error), "its quotes don’t match")
        raise RefusedFile(f"This file breaks off at line {line}: {reason}. {ANOTHER}") from error


def _columns(header: list[str]) -> tuple[dict[str, tuple[Column, int]], int]:
    """The columns that we know, by name, each with its place; and how many there are in all."""
    names = [name.strip() for name in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise RefusedFile(
            f"This isn’t an extract of the national register: it has no column “{missing[0]}”."
        )
    twice = [column.header for column in COLUMNS if names.count(column.header) > 1]
    if twice:
        raise RefusedFile(f"This file has the column “{twice[0]}” twice.")
    known = {
        column.header: (column, names.index(column.header))
        for column in COLUMNS
        if column.header in names
    }
    return known, len(names)


def _row(
    line: int, cells: list[str], columns: dict[str, tuple[Column, int]], width: int
) -> Reading | RefusedRow:
    place = columns["URN"][1]
    urn = cells[place].strip()[:20] if place < len(cells) else ""
    if len(cells) != width:
        return RefusedRow(line, urn, f"it has {len(cells)} columns where the header has {width}")
    facts: dict[str, Value] = {}
    for column, at in columns.values():
        try:
            facts[column.field] = column.read(cells[at], column.limit)
        except RefusedCell as error:
            return RefusedRow(line, urn, f"“{column.header}” {error}")
    return Reading(line, facts)
