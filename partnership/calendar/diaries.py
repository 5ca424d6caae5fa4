"""A diary as its page shows it: a span’s entries as a list and as a grid, and the term around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from partnership.calendar.calendars import dates_for
from partnership.calendar.dates import TermDates
from partnership.calendar.days import DAY, UK
from partnership.calendar.grid import Day, weeks_of_span
from partnership.calendar.spans import HALF_TERM, Span, half_term_span, span_around
from partnership.calendar.strip import Strip, marks_of, strip_of
from partnership.calendar.terms import term_containing
from partnership.people.models import Person
from partnership.toolkit.registers import DiaryEntry, DiaryWindow, diary
from partnership.toolkit.registers.owners import followed_by

MOST_ENTRIES = 1_500


@dataclass(frozen=True)
class Asked:
    """What a diary is asked for: around which day, in which span, of which group, which entries."""

    on: date
    kind: str
    circle_id: int | None
    keeps: Callable[[DiaryEntry], bool]


@dataclass(frozen=True)
class ListedDay:
    """A day of the list, with its entries."""

    day: date
    entries: list[DiaryEntry]


@dataclass(frozen=True)
class Diary:
    """Everything of one page of the diary."""

    span: Span
    previous: Span | None
    next: Span | None
    has_half_terms: bool
    entries: list[DiaryEntry]
    weeks: list[list[Day]]
    strip: Strip

    @property
    def days(self) -> list[ListedDay]:
        """The days of the list on which there is something."""
        found: dict[date, list[DiaryEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.starts_at.astimezone(UK).date(), []).append(entry)
        return [ListedDay(day, entries) for day, entries in found.items()]


def diary_of(person: Person, asked: Asked, *, today: date, link: str = "") -> Diary:
    """A person’s diary in two SELECTs; term dates that aren’t kept cost two more."""
    followed = followed_by(person, today)
    dates = dates_for(followed.reference) if followed else None
    span = span_around(asked.on, asked.kind, dates)
    term = term_containing(asked.on, dates)
    first, last = min(span.first, term.starts_on), max(span.last, term.ends_on)
    found = [entry for entry in _entries(person, asked, first, last, today) if asked.keeps(entry)]
    entries = [entry for entry in found if span.first <= _day(entry) <= span.last]
    return Diary(
        span=span,
        previous=_beside(span, span.first - DAY, dates),
        next=_beside(span, span.last + DAY, dates),
        has_half_terms=dates is not None and half_term_span(asked.on, dates) is not None,
        entries=entries,
        weeks=weeks_of_span(span, entries, today=today, dates=dates),
        strip=strip_of(
            term, marks_of(found), today=today, followed=followed, dates=dates, link=link
        ),
    )


def entries_of(person: Person, asked: Asked, *, today: date) -> list[DiaryEntry]:
    """The list of the same page alone."""
    return diary_of(person, asked, today=today).entries


def _entries(
    person: Person, asked: Asked, first: date, last: date, today: date
) -> list[DiaryEntry]:
    window = DiaryWindow(
        person,
        datetime.combine(first, time(), tzinfo=UK),
        datetime.combine(last + DAY, time(), tzinfo=UK),
        on=today,
        circle_id=asked.circle_id,
        with_cancelled=True,
    )
    return diary(window, limit=MOST_ENTRIES)


def _day(entry: DiaryEntry) -> date:
    return entry.starts_at.astimezone(UK).date()


def _beside(span: Span, day: date, dates: TermDates | None) -> Span | None:
    """The span before or after; none where no half term is known there."""
    found = span_around(day, span.kind, dates)
    return None if span.kind == HALF_TERM and found.kind != HALF_TERM else found
