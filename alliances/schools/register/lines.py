"""A file's bytes as rows of a table, or one sentence why they aren't."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MAX_BYTES = 250_000_000
ANOTHER = "Download it again from Get Information about Schools."
CSV_WORDS = {"unexpected end of data": "it ends in the middle of a line"}
C1 = re.compile("[\x80-\x9f]")


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
class Table:
    """A file's header and its rows, each with the number of its first line, counted from 1."""

    header: list[str]
    lines: Iterator[tuple[int, list[str]]]


def table_of(content: bytes) -> Table:
    """The rows that aren't blank; reading on may raise RefusedFile up to the last one."""
    lines = _lines(content)
    header = next(lines, (1, []))[1]
    return Table([name.strip() for name in header], lines)


def day_in(name: str) -> date | None:
    """The day in a file's name: `edubasealldata20250717.csv`."""
    for year, month, day in re.findall(r"(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)", name, re.ASCII):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _text(content: bytes) -> str:
    if not content.removeprefix(BOM_UTF8).strip():
        raise RefusedFile("This file is empty.")
    if len(content) > MAX_BYTES:
        raise RefusedFile("This file is larger than 250 MB, and no extract of the register is.")
    if b"\0" in content or content.startswith((b"PK", b"%PDF", b"\x1f\x8b")):
        raise RefusedFile("This isn’t a CSV file of text. Unpack it, or save it as CSV.")
    try:
        return C1.sub(_as_windows_meant_it, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RefusedFile(f"This file is neither Windows-1252 nor UTF-8. {ANOTHER}") from error


def _as_windows_meant_it(control: re.Match[str]) -> str:
    """An apostrophe of Windows-1252 that somebody encoded once more as UTF-8."""
    return control[0].encode("latin-1").decode("cp1252", "ignore")


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
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
