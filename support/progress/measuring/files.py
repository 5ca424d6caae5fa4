"""A CSV of figures, as spreadsheets of all kinds save it: read line by line, judged by nobody yet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from partnership.toolkit.folding import folded

COLUMNS = {"Measure": "measure", "When": "when", "Planned": "planned", "Actual": "actual"}
COLUMNS |= {"Pupils": "cohort"}
NEEDED = ("Measure", "When")
SEPARATORS = ",;\t"
MOST_LINES = 2_000
LONGEST_CELL = 300
WORKBOOK = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_COLUMNS = "The first line must name the columns Measure and When, and Planned, Actual or Pupils."


class RefusedFile(Exception):
    """The whole file can't be read; the words say what to do."""


class NotANumber(Exception):
    """What stands in a cell is no number."""


@dataclass(frozen=True)
class Line:
    """One line of a file by its number, with the text of each column that it has."""

    number: int
    cells: dict[str, str]

    @property
    def says_something(self) -> bool:
        """Whether any figure stands in it."""
        return any(self.cells.get(name) for name in ("planned", "actual", "cohort"))


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or what Excel in the UK saves."""
    if content.startswith(WORKBOOK):
        raise RefusedFile("This is an Excel workbook. Save it as CSV, and choose that file.")
    try:
        if content.startswith(UTF_16):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise RefusedFile("This isn’t a CSV file. Save the table as CSV, and choose that file.")
    return text


def lines_of(content: bytes) -> Iterator[Line]:
    """Each line that isn't empty, as the first line names its columns."""
    rows = _rows(text_of(content))
    columns = _columns(next(rows, (0, []))[1])
    for count, (number, row) in enumerate(rows, 1):
        if count > MOST_LINES:
            raise RefusedFile(f"The file has more than {MOST_LINES} lines. Take a part at a time.")
        cells = {name: _plain(row[at]) for name, at in columns.items() if at < len(row)}
        if any(cells.values()):
            yield Line(number, cells)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line in which each ends; empty ones are left out."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=separator)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise RefusedFile(f"Line {reader.line_num} can’t be read. Save the table anew.") from error


def _columns(header: list[str]) -> dict[str, int]:
    named = {folded(title): name for title, name in COLUMNS.items()}
    columns: dict[str, int] = {}
    for at, title in enumerate(header):
        name = named.get(folded(title.strip()))
        if name is not None:
            columns.setdefault(name, at)
    figures = {"planned", "actual", "cohort"} & columns.keys()
    if not {"measure", "when"} <= columns.keys() or not figures:
        raise RefusedFile(NO_COLUMNS)
    return columns


def _plain(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from reading it as a formula."""
    text = cell.strip()[:LONGEST_CELL]
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def number_of(cell: str) -> Decimal:
    """A number as people type it: 67, 67.5, 67,5, 67 % or −3."""
    text = cell.replace("−", "-").replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise NotANumber from error
    if not number.is_finite():
        raise NotANumber
    return number
