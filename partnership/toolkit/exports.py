"""A list as a file: what its filters leave, for Excel or as CSV, in London's time.

A room's view narrows its rows as its list does and says its columns; `export` writes them without
ever holding them all. `{% export_links "schools:school_export" %}` offers both in the list's bar,
and the address is `path("export.<export:kind>", school_export, name="school_export")`. What holds
personal data is audited by `record_export` of partnership/audit/services.py before it goes out.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import register_converter
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from partnership.toolkit.spoken_dates import in_london

Cell = str | int | float | bool | date | None
Row = TypeVar("Row")

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KIND_WORDS = {"xlsx": "Excel", "csv": "CSV"}
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NOT_SHOWN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])
FIRST_YEAR_OF_EXCEL = 1900
ROWS_A_SHEET = 1_000_000
BATCH = 1_000
BYTE_ORDER_MARK = "\ufeff"


class ExportKindConverter:
    """The end of an export's address: which of the two files is wanted."""

    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        """The kind as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The kind as it stands."""
        return value


register_converter(ExportKindConverter, "export")


@dataclass(frozen=True)
class Column:
    """One column: its header, what stands in it for a row, and its width in letters."""

    title: str
    value: Callable[[Any], Cell]
    width: int = 18


def export(
    kind: str, *, name: str, columns: Sequence[Column], rows: Iterable[Any], on: date
) -> HttpResponseBase:
    """The rows as a download called after the list and the day: `schools-2027-01-12.xlsx`."""
    response: HttpResponseBase
    if kind == "xlsx":
        response = FileResponse(file_of(kind, name=name, columns=columns, rows=rows))
        response.block_size = 64 * 1024
    else:
        response = StreamingHttpResponse(_lines(columns, rows))
    response["Content-Type"] = CONTENT_TYPES[kind]
    response["Content-Disposition"] = f'attachment; filename="{file_name(kind, name=name, on=on)}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(kind: str, *, name: str, on: date) -> str:
    """A file called after the list and the day."""
    return f"{name}-{on:%Y-%m-%d}.{kind}"


def file_of(kind: str, *, name: str, columns: Sequence[Column], rows: Iterable[Any]) -> IO[bytes]:
    """The rows in a file without a name, at its beginning; whoever asked closes it."""
    with ExitStack() as closing:
        file = closing.enter_context(tempfile.TemporaryFile())
        if kind == "xlsx":
            _fill_workbook(file, name, columns, rows)
        else:
            file.writelines(lines.encode() for lines in _lines(columns, rows))
        file.seek(0)
        closing.pop_all()
    return file


def in_batches(rows: QuerySet[Any, Row], size: int = BATCH) -> Iterator[list[Row]]:
    """The rows a thousand at a time, so that what belongs to them is asked for once a batch."""
    flow = rows.iterator(chunk_size=size)
    while batch := list(islice(flow, size)):
        yield batch


def _plain(value: Cell) -> Cell:
    """A value as both files have it: local time, words for yes and no, no control signs."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return in_london(value).replace(tzinfo=None, microsecond=0)
    return value.translate(NOT_SHOWN) if isinstance(value, str) else value


def _said(value: Cell) -> Cell:
    """A value as CSV has it; what a spreadsheet would take for a formula becomes text."""
    plain = _plain(value)
    if isinstance(plain, datetime):
        return f"{plain:%d/%m/%Y %H:%M}"
    if isinstance(plain, date):
        return f"{plain:%d/%m/%Y}"
    if isinstance(plain, str) and plain.startswith(BEGINS_A_FORMULA):
        return f"'{plain}"
    return plain


class _Echo:
    """What a CSV writer writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([column.title for column in columns])
    flow = iter(rows)
    while batch := list(islice(flow, BATCH)):
        yield "".join(
            writer.writerow([_said(column.value(row)) for column in columns]) for row in batch
        )


def _fill_workbook(
    file: IO[bytes], name: str, columns: Sequence[Column], rows: Iterable[Any]
) -> None:
    """Write the workbook row after row, without ever holding them all."""
    book = Workbook(file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    flow = iter(rows)
    while True:
        sheet = book.add_worksheet(_sheet_name(name, len(book.worksheets()) + 1))
        if _fill(sheet, columns, islice(flow, ROWS_A_SHEET), bold, moment) < ROWS_A_SHEET:
            break
    book.close()


def _sheet_name(name: str, number: int) -> str:
    words = name.replace("-", " ").capitalize()[:25]
    return words if number == 1 else f"{words} {number}"


def _fill(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Any], bold: Format, moment: Format
) -> int:
    """Write one sheet under a header that stays in sight; the number of its rows."""
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title, bold)
    line = 0
    for line, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _put(sheet, line, at, _plain(column.value(row)), moment)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, line, len(columns) - 1)
    return line


def _put(sheet: Worksheet, line: int, at: int, value: Cell, moment: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(line, at, value)
    elif isinstance(value, date):
        if value.year < FIRST_YEAR_OF_EXCEL:
            sheet.write_string(line, at, str(_said(value)))
        else:
            sheet.write_datetime(line, at, value, moment if isinstance(value, datetime) else None)
    else:
        sheet.write_number(line, at, value)
