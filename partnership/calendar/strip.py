"""The term strip: a cell for each week of a term, with the marks of what is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partnership.calendar.dates import TermDates
from partnership.calendar.days import UK
from partnership.calendar.terms import Term, Week, weeks_of
from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers import DiaryEntry, diary_kinds
from partnership.toolkit.registers.owners import Followed
from partnership.toolkit.spoken_dates import spoken_day_short

Marks = dict[date, dict[str, str]]


@dataclass(frozen=True)
class StripWeek:
    """A week of the term strip: its marks, and the same in words for a screen reader."""

    week: Week
    marks: tuple[str, ...]
    words: str
    day: int
    month: str
    label: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class StripSource:
    """Whose dates the term strip shows, and how far they are to be trusted."""

    followed: Followed | None
    is_known: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class Strip:
    """A term, its weeks, what the marks mean, and where its dates come from; equal ones look alike."""

    term: Term
    weeks: tuple[StripWeek, ...]
    legend: tuple[tuple[str, str], ...]
    source: StripSource


def strip_of(
    term: Term,
    marks: Mapping[date, Mapping[str, str]],
    *,
    today: date,
    followed: Followed | None,
    dates: TermDates | None,
    more_marks: Iterable[tuple[str, str]] = (),
    link: str = "",
) -> Strip:
    """The strip of a term; `link` is what a week’s own link begins with, before its Monday."""
    kinds: dict[str, str] = {}
    for kind in diary_kinds().values():
        kinds.setdefault(kind.mark, kind.marked or kind.words.lower())
    return Strip(
        term=term,
        weeks=tuple(
            _week(week, marks.get(week.monday, {}), link)
            for week in weeks_of(term, today=today, dates=dates)
        ),
        legend=(*kinds.items(), *more_marks),
        source=_source(followed, dates, AcademicYear.containing(term.starts_on).start),
    )


def marks_of(entries: Iterable[DiaryEntry]) -> Marks:
    """The sign of each kind of entry with the words of all that share it, by the Monday of its week."""
    marks: Marks = defaultdict(dict)
    for entry in entries:
        week, words = marks[monday_of(entry.starts_at)], entry.spec.words.lower()
        known = week.setdefault(entry.spec.mark, words)
        if words not in known.split(", "):
            week[entry.spec.mark] = f"{known}, {words}"
    return marks


def monday_of(moment: datetime) -> date:
    """The Monday of a moment’s week in London."""
    day = moment.astimezone(UK).date()
    return day - timedelta(days=day.weekday())


def _week(week: Week, marks: Mapping[str, str], link: str) -> StripWeek:
    words = ", ".join(marks.values()) or "nothing yet"
    day = spoken_day_short(week.monday)
    return StripWeek(
        week=week,
        marks=tuple(marks),
        words=words,
        day=week.monday.day,
        month=day.partition(" ")[2],
        label=f"Week of {day}{', this week' if week.is_this_week else ''}: {words}",
        tone=" is-closed" if week.closed else " is-past" if week.is_past else "",
        url=f"{link}{week.monday.isoformat()}" if link else "",
    )


def _source(followed: Followed | None, dates: TermDates | None, year: int) -> StripSource:
    if dates is None or not dates.knows(year):
        return StripSource(followed)
    return StripSource(followed, is_known=True, is_example=dates.is_example(year))
