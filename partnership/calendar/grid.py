"""The weeks of a span as a grid: what is on each day, and why there is no school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from partnership.calendar.dates import Closure, TermDates
from partnership.calendar.days import DAY, UK, bank_holiday, closure_on
from partnership.calendar.spans import WEEK, Span
from partnership.toolkit.registers import DiaryEntry

TONES = {
    "weekend": " is-weekend",
    "bank_holiday": " is-closed",
    "half_term": " is-closed",
    "holiday": " is-closed",
    "inset": " is-inset",
}
WORDS = {"half_term": "Half term", "holiday": "Holiday", "inset": "INSET day"}


@dataclass(frozen=True)
class Day:
    """One cell: a day of the span, or an empty place before or after it."""

    day: date
    is_within: bool
    is_today: bool = False
    tone: str = ""
    closed: str = ""
    is_same_closure: bool = False
    entries: list[DiaryEntry] = field(default_factory=list)


def weeks_of_span(
    span: Span, entries: Iterable[DiaryEntry], *, today: date, dates: TermDates | None
) -> list[list[Day]]:
    """Whole weeks from Monday to Sunday; a closure is said on its first day in each week."""
    by_day: dict[date, list[DiaryEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.starts_at.astimezone(UK).date()].append(entry)
    monday = span.first - timedelta(days=span.first.weekday())
    weeks = []
    while monday <= span.last:
        said = ""
        week = []
        for day in (monday + number * DAY for number in range(7)):
            if not span.first <= day <= span.last:
                week.append(Day(day, is_within=False))
                continue
            closure = closure_on(day, dates)
            words = _words(day, closure)
            week.append(
                Day(
                    day,
                    is_within=True,
                    is_today=day == today,
                    tone=TONES[closure.kind] if closure else "",
                    closed=words,
                    is_same_closure=bool(words) and words == said,
                    entries=by_day.get(day, []),
                )
            )
            said = words
        weeks.append(week)
        monday += WEEK
    return weeks


def _words(day: date, closure: Closure | None) -> str:
    if closure is None or closure.kind == "weekend":
        return ""
    return WORDS.get(closure.kind) or bank_holiday(day)
