"""What one page of the diary covers: a month, or a half term with the holiday that follows it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from partnership.calendar.dates import TermDates
from partnership.calendar.days import DAY
from partnership.calendar.years import AcademicYear
from partnership.toolkit.spoken_dates import MONTHS

MONTH, HALF_TERM = "month", "half_term"
WEEK = timedelta(days=7)
LONGEST_BREAK = timedelta(days=70)


@dataclass(frozen=True)
class Span:
    """From its first day to its last, both within."""

    kind: str
    name: str
    first: date
    last: date

    @property
    def short_name(self) -> str:
        """Without the year."""
        return self.name.partition(",")[0].partition(" 20")[0]


def span_around(day: date, kind: str, dates: TermDates | None) -> Span:
    """The half term of a day where that is asked for and known, else its month."""
    found = half_term_span(day, dates) if kind == HALF_TERM and dates is not None else None
    return found or month_span(day)


def month_span(day: date) -> Span:
    """The month of a day."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return Span(MONTH, f"{MONTHS[day.month - 1]} {day.year}", day.replace(day=1), last)


def half_term_span(day: date, dates: TermDates) -> Span | None:
    """The half term of a day, from its first Monday to the Sunday before the next one begins."""
    known = dates.half_terms
    begun = [at for at, each in enumerate(known) if _monday(each.starts_on) <= day]
    if not begun:
        return None
    at = begun[-1]
    half_term = known[at]
    last = _monday(half_term.ends_on) + WEEK - DAY
    if at + 1 < len(known) and known[at + 1].starts_on - half_term.ends_on < LONGEST_BREAK:
        last = _monday(known[at + 1].starts_on) - DAY
    if day > last:
        return None
    name = f"{half_term.name}, {AcademicYear(half_term.year)}"
    return Span(HALF_TERM, name, _monday(half_term.starts_on), last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
