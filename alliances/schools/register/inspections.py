"""The columns of older files that say when a school was last inspected, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliances.schools.register.layout import RefusedCell, Value, day, words
from alliances.schools.register.lines import RefusedRow

LAST_INSPECTED, RATING = "OfstedLastInsp", "OfstedRating (name)"
INSPECTION_COLUMNS = (LAST_INSPECTED, RATING)
LONGEST_GRADE = 40


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """The last inspection of a school, with the one word for all of it."""

    line: int
    urn: int
    inspected_on: date
    grade: str


class InspectionColumns:
    """The inspections that a file has, gathered row by row; what can't be read is refused alone."""

    def __init__(self, header: list[str]) -> None:
        """Keep where the columns stand; a file without both of them says nothing."""
        self.is_there = all(header.count(name) == 1 for name in INSPECTION_COLUMNS)
        self.at = [header.index(name) for name in INSPECTION_COLUMNS if self.is_there]
        self.rows: list[InspectionRow] = []
        self.refused: list[RefusedRow] = []

    def take(self, line: int, cells: list[str], values: tuple[Value, ...]) -> None:
        """Keep what a row says of a school, unless one of its two cells is blank."""
        if not self.is_there:
            return
        urn = int(str(values[0]))
        on, grade = (cells[at].strip() for at in self.at)
        if not on or not grade:
            return
        try:
            row = InspectionRow(line, urn, _day(on), words(grade, LONGEST_GRADE))
        except RefusedCell as error:
            self.refused.append(
                RefusedRow(line, str(urn), f"its inspection: “{LAST_INSPECTED}” {error}")
            )
        else:
            self.rows.append(row)


def _day(cell: str) -> date:
    read = day(cell, 0)
    assert read is not None  # noqa: S101 a cell that isn't blank is a day or refused
    return read
