"""Figures come from a file: read line by line, shown, and only then entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from partnership.toolkit.folding import folded
from support.programmes.models import Programme
from support.progress.course import Terms, terms_of
from support.progress.figures import Board, Followed
from support.progress.measuring.files import Line, NotANumber, lines_of, number_of
from support.progress.measuring.kinds import point_words, said
from support.progress.models import Measure
from support.progress.services.entering import FIELDS, Entry, WrongFigure, check_entry

MOST_QUOTED = 60
TITLES = {
    "measure": "Measure",
    "when": "When",
    "point": "When",
    "planned": "Planned",
    "actual": "Actual",
    "cohort": "Pupils",
}
NOT_FOLLOWED = "The programme follows no measure “{}”. Copy its name from the template."
NO_POINT = "“{}” is no point of the programme. Write Start, Term 1 and so on, 1 term after or 2 terms after."
TWICE = "Line {} says this measure at this point already. Delete one of the two."
NOT_HERS = "A figure of fewer than 10 pupils stands here. One of the two schools changes it."
NO_NUMBER = "“{}” isn’t a number. Write 67 or 67.5, or leave the cell empty."
NO_WHOLE = "Write how many pupils were counted, as a whole number."
TOO_EXACT = "Give one place after the point at most."


@dataclass(frozen=True)
class WrongLine:
    """What is wrong in a line, in which column, and what to do."""

    number: int
    column: str
    sentence: str


@dataclass(frozen=True)
class GoodLine:
    """A line that can be taken, and what it says."""

    number: int
    measure: Followed
    entry: Entry

    @property
    def when(self) -> str:
        """The point as tables head it."""
        return point_words(self.entry.point)

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each figure under its column's title; what the line leaves out is empty."""
        changes = self.entry.changes
        return [
            (TITLES[name], said(Decimal(changes[name])) if name in changes else "")
            for name in FIELDS
        ]


@dataclass
class ReadFigures:
    """All lines of a file: those that can be taken, and those that can't."""

    good: list[GoodLine] = field(default_factory=list)
    wrong: list[WrongLine] = field(default_factory=list)
    unchanged: int = 0

    @property
    def entries(self) -> list[Entry]:
        """What is entered when the good lines are taken."""
        return [line.entry for line in self.good]


class _Wrong(Exception):
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def read_figures(
    *, content: bytes, programme: Programme, board: Board, now: datetime
) -> ReadFigures:
    """What a file says of the programme's measures; nothing is kept.

    Raises RefusedFile where it can't be read at all.
    """
    read = ReadFigures()
    terms = terms_of(programme)
    titles = {folded(measure.title): measure for measure in board.measures}
    points = {
        folded(words): point for words, point in zip(board.headings, board.points, strict=True)
    }
    seen: dict[tuple[int, int], int] = {}
    for line in lines_of(content):
        if not line.says_something:
            continue
        try:
            good = _good(line, titles, points)
            _refuse_twice(good, seen)
            _check(good, programme, terms, now)
        except _Wrong as wrong:
            read.wrong.append(WrongLine(line.number, TITLES[wrong.column], str(wrong)))
            continue
        if _changes_something(good):
            read.good.append(good)
        else:
            read.unchanged += 1
    return read


def _refuse_twice(good: GoodLine, seen: dict[tuple[int, int], int]) -> None:
    """One measure at one point stands in one line; `seen` remembers in which."""
    first = seen.setdefault((good.measure.pk, good.entry.point), good.number)
    if first != good.number:
        raise _Wrong("measure", TWICE.format(first))


def _good(line: Line, titles: dict[str, Followed], points: dict[str, int]) -> GoodLine:
    title, when = (line.cells.get(name, "") for name in ("measure", "when"))
    measure, point = titles.get(folded(title)), points.get(folded(when))
    if measure is None:
        raise _Wrong("measure", NOT_FOLLOWED.format(title[:MOST_QUOTED]))
    if point is None:
        raise _Wrong("when", NO_POINT.format(when[:MOST_QUOTED]))
    changes = {name: _number(name, cell) for name in FIELDS if (cell := line.cells.get(name))}
    told = measure.told.get(point)
    if told is not None and told.is_hidden and changes.keys() - {"planned"}:
        raise _Wrong("actual", NOT_HERS)
    return GoodLine(line.number, measure, Entry(measure.pk, point, changes))


def _number(name: str, cell: str) -> Decimal | int:
    try:
        number = number_of(cell)
    except NotANumber:
        raise _Wrong(name, NO_NUMBER.format(cell[:MOST_QUOTED])) from None
    is_whole = number == number.to_integral_value()
    if name == "cohort":
        if not is_whole or abs(number) >= 10**6:
            raise _Wrong(name, NO_WHOLE)
        return int(number)
    if number * 10 != (number * 10).to_integral_value():
        raise _Wrong(name, TOO_EXACT)
    return number


def _check(good: GoodLine, programme: Programme, terms: Terms, now: datetime) -> None:
    measure = Measure(kind=good.measure.kind, unit=good.measure.unit)
    try:
        check_entry(good.entry, measure, programme, terms, now)
    except WrongFigure as wrong:
        raise _Wrong(wrong.field, str(wrong)) from None


def _changes_something(good: GoodLine) -> bool:
    told = good.measure.told.get(good.entry.point)

    return any(getattr(told, name, None) != value for name, value in good.entry.changes.items())
