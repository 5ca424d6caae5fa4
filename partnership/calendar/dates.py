"""What is known of one authority’s or school’s years: half terms and INSET days, without a query."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise
from typing import Self

from partnership.calendar.models import HalfTerm
from partnership.calendar.years import AcademicYear

HALF_TERMS: Mapping[int, str] = {number.value: str(number.label) for number in HalfTerm.Number}
TERMS = ("Autumn term", "Spring term", "Summer term")
BREAKS = {
    1: ("half_term", "in half term"),
    2: ("holiday", "in the Christmas holiday"),
    3: ("half_term", "in half term"),
    4: ("holiday", "in the Easter holiday"),
    5: ("half_term", "in half term"),
    6: ("holiday", "in the summer holiday"),
}
SUMMER = 6


@dataclass(frozen=True)
class Closure:
    """Why schools are closed on a day; the words go on from "Tuesday 12 January is …".

    `kind` is weekend, bank_holiday, half_term, holiday or inset.
    """

    kind: str
    words: str


@dataclass(frozen=True)
class KnownHalfTerm:
    """A half term of an academic year, from its first to its last day."""

    year: int
    number: int
    starts_on: date
    ends_on: date
    is_own: bool = False

    @property
    def name(self) -> str:
        """Autumn 1 to Summer 2."""
        return HALF_TERMS[self.number]

    @property
    def term(self) -> str:
        """The term that it is half of."""
        return TERMS[(self.number - 1) // 2]


@dataclass(frozen=True)
class KnownYear:
    """What one calendar itself says of an academic year; a school’s may say only what differs."""

    half_terms: Mapping[int, tuple[date, date]] = field(default_factory=dict)
    inset_days: Mapping[date, str] | None = None
    source: str = ""
    is_example: bool = False


Years = Mapping[int, KnownYear]


class TermDates:
    """All years that are known whole, those of a school laid over those of its authority."""

    def __init__(self, own: Years, above: Years | None = None) -> None:
        """Lay one calendar’s own years over those of the calendar that it follows."""
        self.own = own
        self.above: Years = above or {}
        self.inset_days: dict[date, str] = {}
        known: list[KnownHalfTerm] = []
        for year in sorted({*self.own, *self.above}):
            half_terms = self._laid_over(year)
            self.inset_days |= self.inset_days_of(year)
            if len(half_terms) == len(HALF_TERMS):
                known += half_terms
        self.years = frozenset(each.year for each in known)
        self.half_terms = tuple(sorted(known, key=lambda each: (each.starts_on, each.ends_on)))
        self._starts = [each.starts_on for each in self.half_terms]
        self._reach = list(accumulate((each.ends_on for each in self.half_terms), max))

    @classmethod
    def of_one_year(
        cls, year: int, half_terms: Mapping[int, tuple[date, date]], inset_days: Mapping[date, str]
    ) -> Self:
        """The dates of a single year, as somebody has typed them."""
        return cls({year: KnownYear(half_terms, inset_days)})

    def _laid_over(self, year: int) -> list[KnownHalfTerm]:
        own = self.own[year].half_terms if year in self.own else {}
        above = self.above[year].half_terms if year in self.above else {}
        return [
            KnownHalfTerm(year, number, *(own.get(number) or above[number]), number in own)
            for number in sorted({*own, *above})
        ]

    def inset_days_of(self, year: int) -> dict[date, str]:
        """A year’s INSET days: its own where it names any, else those that it follows."""
        for years in (self.own, self.above):
            if year in years and (days := years[year].inset_days) is not None:
                return dict(sorted(days.items()))
        return {}

    def half_terms_of(self, year: int) -> tuple[KnownHalfTerm, ...]:
        """The six half terms of a year, or none where they aren’t known."""
        found = [each for each in self.half_terms if each.year == year]
        return tuple(sorted(found, key=lambda each: each.number))

    def knows(self, year: int) -> bool:
        """Whether the half terms of an academic year are known."""
        return year in self.years

    def is_example(self, year: int) -> bool:
        """Whether a year’s dates were made up as an example."""
        return any(years[year].is_example for years in (self.own, self.above) if year in years)

    def source(self, year: int) -> str:
        """Where a year’s dates come from."""
        said = [years[year].source for years in (self.own, self.above) if year in years]
        return next(filter(None, said), "")

    def half_term_of(self, day: date) -> KnownHalfTerm | None:
        """The half term that a day falls in; none in holidays and in years without dates."""
        at = bisect_right(self._starts, day) - 1
        if at < 0 or day > self._reach[at]:
            return None
        return next(each for each in self.half_terms[at::-1] if day <= each.ends_on)

    def why_closed(self, day: date) -> Closure | None:
        """Why a weekday has no school: a holiday or INSET; nothing where no dates are known."""
        if self.half_term_of(day) is not None:
            if (note := self.inset_days.get(day)) is None:
                return None
            return Closure("inset", f"an INSET day ({note})" if note else "an INSET day")
        if not self.knows(AcademicYear.containing(day).start):
            return None
        at = bisect_right(self._starts, day) - 1
        number = self.half_terms[at].number if at >= 0 else SUMMER
        return Closure(*BREAKS[number])


def half_term_of(day: date, dates: TermDates | None) -> KnownHalfTerm | None:
    """The half term that a day falls in, where dates are known."""
    return dates.half_term_of(day) if dates is not None else None


def overlapping(half_terms: Iterable[KnownHalfTerm]) -> list[tuple[KnownHalfTerm, KnownHalfTerm]]:
    """Neighbours of which the later doesn’t begin after the earlier has ended."""
    ordered = sorted(half_terms, key=lambda each: each.number)
    return [(one, other) for one, other in pairwise(ordered) if other.starts_on <= one.ends_on]
