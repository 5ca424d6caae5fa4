"""The weeks of a term, as the term strip shows them.

Term dates of authorities come with the register of term calendars; until then a term is a span
between fixed days and Easter, and every weekday but bank holidays is a school day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from partnership.calendar.days import bank_holiday, is_school_day

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Term:
    """A term by its name and its first and last day."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Week:
    """A week of a term, by its Monday."""

    monday: date
    is_past: bool
    is_this_week: bool
    closed: str


def easter_monday(year: int) -> date:
    """Easter Monday, found among the bank holidays."""
    day = date(year, 3, 20)
    while bank_holiday(day) != "Easter Monday":
        day += timedelta(days=1)
    return day


def term_containing(day: date) -> Term:
    """The term of a day; in August the coming autumn term."""
    if day.month >= 8:  # noqa: PLR2004 August
        return Term("Autumn term", date(day.year, 9, 1), date(day.year, 12, 23))
    easter = easter_monday(day.year)
    if day < easter:
        return Term("Spring term", date(day.year, 1, 2), easter - timedelta(days=4))
    return Term("Summer term", easter + timedelta(days=1), date(day.year, 7, 24))


def _closed_words(monday: date) -> str:
    if any(is_school_day(monday + timedelta(days=n)) for n in range(5)):
        return ""
    return "No school"


def weeks_of(term: Term, *, today: date) -> list[Week]:
    """The term's weeks from the Monday of its first school week on."""
    monday = term.starts_on - timedelta(days=term.starts_on.weekday())
    this_monday = today - timedelta(days=today.weekday())
    weeks = []
    while monday <= term.ends_on:
        weeks.append(
            Week(
                monday=monday,
                is_past=monday < this_monday,
                is_this_week=monday == this_monday,
                closed=_closed_words(monday),
            )
        )
        monday += WEEK
    return weeks
