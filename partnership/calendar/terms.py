"""The weeks of a term, as the term strip shows them.

Where no term dates are known, a term is a span between fixed days and Easter, and every weekday but
bank holidays is a school day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from partnership.calendar.dates import TERMS, TermDates
from partnership.calendar.days import bank_holiday, closure_on

WEEK = timedelta(days=7)
SCHOOL_WEEK = 5
LONGEST_HOLIDAY = timedelta(days=60)


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


def terms_of(dates: TermDates) -> list[Term]:
    """Every term whose dates are known, in their order."""
    found = []
    for year in sorted(dates.years):
        halves = dates.half_terms_of(year)
        for at, name in enumerate(TERMS):
            found.append(Term(name, halves[2 * at].starts_on, halves[2 * at + 1].ends_on))
    return found


def term_containing(day: date, dates: TermDates | None = None) -> Term:
    """The term of a day; in a holiday between known terms the coming one, in August the autumn’s."""
    for term in terms_of(dates) if dates is not None else ():
        if day <= term.ends_on:
            if term.starts_on - day <= LONGEST_HOLIDAY:
                return term
            break
    if day.month >= 8:  # noqa: PLR2004 August
        return Term("Autumn term", date(day.year, 9, 1), date(day.year, 12, 23))
    easter = easter_monday(day.year)
    if day < easter:
        return Term("Spring term", date(day.year, 1, 2), easter - timedelta(days=4))
    return Term("Summer term", easter + timedelta(days=1), date(day.year, 7, 24))


def _closed_words(monday: date, dates: TermDates | None) -> str:
    kinds = set()
    for n in range(SCHOOL_WEEK):
        closure = closure_on(monday + timedelta(days=n), dates)
        if closure is None:
            return ""
        kinds.add(closure.kind)
    if "half_term" in kinds:
        return "Half term"
    return "Holiday" if "holiday" in kinds else "No school"


def weeks_of(term: Term, *, today: date, dates: TermDates | None = None) -> list[Week]:
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
                closed=_closed_words(monday, dates),
            )
        )
        monday += WEEK
    return weeks
