"""An academic year as its page shows it: half terms, closed days, a grid for each month."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.core.cache import cache
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from partnership.calendar.calendars import KEPT_SECONDS, dates_for
from partnership.calendar.dates import KnownHalfTerm, TermDates, overlapping
from partnership.calendar.days import (
    SATURDAY,
    bank_holidays_between,
    closed_because,
    closure_on,
    school_days_between,
)
from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers.owners import Reference
from partnership.toolkit.spoken_dates import MONTHS, spoken_day

USUAL_SCHOOL_DAYS = 190
FEWEST_SCHOOL_DAYS, MOST_SCHOOL_DAYS = 185, 195
USUAL_INSET_DAYS = 5
SHORTEST_BREAK = timedelta(days=4)
WEEKDAY_HEADS = mark_safe("".join(f"<b>{letter}</b>" for letter in "MTWTFSS"))  # noqa: S308 (constants)
CELLS = {
    "": "<i>{}</i>",
    "weekend": '<i class="is-weekend">{}</i>',
    "bank_holiday": '<i class="is-bank">{}</i>',
    "half_term": '<i class="is-closed">{}</i>',
    "holiday": '<i class="is-closed">{}</i>',
    "inset": '<i class="is-inset">{}</i>',
}


@dataclass(frozen=True)
class HalfTermRow:
    """A half term with how many days pupils come."""

    half_term: KnownHalfTerm
    school_days: int


@dataclass(frozen=True)
class SpecialDay:
    """An INSET day or a bank holiday, with a note on it."""

    day: date
    name: str
    note: str = ""


@dataclass(frozen=True)
class YearView:
    """Everything of one academic year that doesn’t depend on who looks."""

    rows: tuple[HalfTermRow, ...]
    school_days: int
    inset_days: tuple[SpecialDay, ...]
    bank_holidays: tuple[SpecialDay, ...]
    months: SafeString
    source: str
    is_example: bool
    has_own: bool
    warnings: tuple[str, ...]


def year_view(reference: Reference, year: AcademicYear) -> YearView:
    """An owner’s year, kept in the cache as long as its calendars’ versions live."""
    key = f"term-year:{':'.join(map(str, reference))}:{year.start}"
    kept: YearView | None = cache.get(key)
    if kept is None:
        kept = _view(dates_for(reference), year)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _view(dates: TermDates, year: AcademicYear) -> YearView:
    half_terms = dates.half_terms_of(year.start)
    rows = tuple(
        HalfTermRow(each, school_days_between(each.starts_on, each.ends_on, dates))
        for each in half_terms
    )
    return YearView(
        rows=rows,
        school_days=sum(row.school_days for row in rows),
        inset_days=tuple(
            SpecialDay(day, note, _outside(dates, day))
            for day, note in dates.inset_days_of(year.start).items()
        ),
        bank_holidays=tuple(
            SpecialDay(day, name, "" if dates.half_term_of(day) else "outside term")
            for day, name in bank_holidays_between(year.first_day, year.last_day).items()
            if day.weekday() < SATURDAY
        ),
        months=_months(dates, year),
        source=dates.source(year.start),
        is_example=dates.is_example(year.start),
        has_own=year.start in dates.own,
        warnings=tuple(
            f"{one.name} goes on until {spoken_day(one.ends_on)}, but {other.name} begins on "
            f"{spoken_day(other.starts_on)}."
            for one, other in overlapping(half_terms)
        ),
    )


def _outside(dates: TermDates, day: date) -> str:
    closure = closure_on(day, dates)
    return "" if closure is None or closure.kind == "inset" else closure.words


def _months(dates: TermDates, year: AcademicYear) -> SafeString:
    numbers = [((8 + n) % 12 + 1, year.start + (8 + n) // 12) for n in range(12)]
    return format_html_join("", "{}", ((_month(dates, *each),) for each in numbers))


def _month(dates: TermDates, month: int, year: int) -> SafeString:
    cells = []
    for number, weekday in Calendar().itermonthdays2(year, month):
        closure = closure_on(date(year, month, number), dates) if number else None
        if number or weekday < date(year, month, 1).weekday():
            cells.append(CELLS[closure.kind if closure else ""].format(number or ""))
    return format_html(
        '<div class="month"><h3>{} {}</h3><div class="month-days" aria-hidden="true">{}{}</div>'
        "</div>",
        MONTHS[month - 1],
        year,
        WEEKDAY_HEADS,
        mark_safe("".join(cells)),  # noqa: S308 (numbers in constants)
    )


def warnings_about(
    half_terms: Mapping[int, tuple[date, date]], inset_days: Mapping[date, str], year: int
) -> list[str]:
    """What looks wrong in a year that could still be meant so, in sentences."""
    spans = [KnownHalfTerm(year, number, *half_terms[number]) for number in sorted(half_terms)]
    dates = TermDates.of_one_year(year, half_terms, inset_days)
    days = sum(school_days_between(each.starts_on, each.ends_on, dates) for each in spans)
    found = [sentence for each in spans for sentence in _closed_ends(each, inset_days)]
    found += [
        f"There is hardly a break between {one.name} and {other.name}."
        for one, other in pairwise(spans)
        if other.starts_on - one.ends_on < SHORTEST_BREAK
    ]
    found += [
        f"The INSET day on {spoken_day(day)} is {because}."
        for day in sorted(inset_days)
        if (because := _outside(dates, day))
    ]
    if len(inset_days) > USUAL_INSET_DAYS:
        found.append(f"Schools have {USUAL_INSET_DAYS} INSET days a year; these are more.")
    if not FEWEST_SCHOOL_DAYS <= days <= MOST_SCHOOL_DAYS:
        found.append(f"This makes {days} school days; most years have {USUAL_SCHOOL_DAYS}.")
    return found


def _closed_ends(half_term: KnownHalfTerm, inset_days: Mapping[date, str]) -> Iterator[str]:
    for words, day in (("begins", half_term.starts_on), ("ends", half_term.ends_on)):
        if day not in inset_days and (because := closed_because(day)):
            yield f"{half_term.name} {words} on {spoken_day(day)}, which is {because}."
