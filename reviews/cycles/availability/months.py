"""Months as a page of dates shows them: each day open, blocked, closed or not to be chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from partnership.calendar.dates import Closure
from partnership.calendar.days import DAY
from partnership.toolkit.spoken_dates import MONTHS

WEEK = 7
WEEKEND = "weekend"


@dataclass(frozen=True)
class Cell:
    """One day: why it is closed, whether it is blocked and may be changed, whether a review is on it."""

    day: date
    closed: str = ""
    is_blocked: bool = False
    may_press: bool = False
    has_review: bool = False


@dataclass(frozen=True)
class Note:
    """Why the days of a span are closed."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Month:
    """A month's weeks from Monday to Sunday, and why its weekdays are closed."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    notes: tuple[Note, ...]

    @property
    def name(self) -> str:
        """January 2027."""
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"


@dataclass(frozen=True)
class Marks:
    """What is known of days: closures, those blocked, those that only somebody else frees, reviews."""

    closed: Mapping[date, Closure]
    blocked: Collection[date] = ()
    kept: Collection[date] = ()
    reviews: Collection[date] = ()


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both counted."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_of(first: date, last: date, marks: Marks) -> list[Month]:
    """The months of a span; days before its first and after its last can't be chosen."""
    found, begins = [], first.replace(day=1)
    while begins <= last:
        ends = next_month(begins) - DAY
        shown = list(days_between(begins, ends))
        cells: list[Cell | None] = [None] * begins.weekday()
        cells += [_cell(day, marks, may_choose=first <= day <= last) for day in shown]
        cells += [None] * (-len(cells) % WEEK)
        weeks = tuple(tuple(cells[at : at + WEEK]) for at in range(0, len(cells), WEEK))
        within = [day for day in shown if first <= day <= last]
        found.append(Month(begins, weeks, tuple(_notes(within, marks.closed))))
        begins = ends + DAY
    return found


def _cell(day: date, marks: Marks, *, may_choose: bool) -> Cell:
    closure = marks.closed.get(day)
    return Cell(
        day,
        closed=closure.words if closure else "",
        is_blocked=day in marks.blocked,
        may_press=may_choose and closure is None and day not in marks.kept,
        has_review=day in marks.reviews,
    )


def _notes(days: list[date], closed: Mapping[date, Closure]) -> Iterator[Note]:
    """Days closed for the same reason in one row make one note; weekends break no row."""
    note: Note | None = None
    for day in days:
        closure = closed.get(day)
        if closure is not None and closure.kind == WEEKEND:
            continue
        words = closure.words if closure else ""
        if note is not None and note.words == words:
            note = Note(note.first, day, words)
            continue
        if note is not None:
            yield note
        note = Note(day, day, words) if words else None
    if note is not None:
        yield note
