"""Measures as a reader is told them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from support.progress.measuring.kinds import (
    CHECKS,
    START,
    UNIT_WORDS,
    YEAR_WORDS,
    point_in_short,
    point_words,
    said,
    year_order,
)
from support.progress.models import Measure

UNDER_TEN, NOT_SHOWN = "under 10 pupils", "not shown"


@dataclass(frozen=True)
class Told:
    """One measure at one point, as a reader is told it; `is_hidden` where she isn't.

    `is_of_few` where that is because few pupils are counted, and not because of another figure.
    """

    point: int
    planned: Decimal | None = None
    actual: Decimal | None = None
    cohort: int | None = None
    is_hidden: bool = False
    is_of_few: bool = False

    @property
    def words(self) -> str:
        """The point as tables head it."""
        return point_words(self.point)

    @property
    def in_short(self) -> str:
        """The point as pictures and narrow tables head it."""
        return point_in_short(self.point)

    @property
    def planned_words(self) -> str:
        """The planned figure, or a dash."""
        return said(self.planned) or "–"

    @property
    def actual_words(self) -> str:
        """What was reached, or why nothing stands there."""
        if self.is_hidden:
            return UNDER_TEN if self.is_of_few else NOT_SHOWN
        return said(self.actual) or "–"


@dataclass
class Followed:
    """A measure of a programme with its points in order."""

    pk: int
    kind: str
    name: str
    year: str
    group: str
    unit: str
    is_better_lower: bool
    is_headline: bool
    source: str
    version: int
    objective_pk: int | None
    objective: str | None
    dropped_at: datetime | None = None
    points: list[int] = field(default_factory=list)
    told: dict[int, Told] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.words}, {self.year_words}" if self.year else self.words

    @property
    def words(self) -> str:
        """What is measured, in the school's own words where it has some."""
        return self.name or str(Measure.Kind(self.kind).label)

    @property
    def year_words(self) -> str:
        """Its year group in words."""
        return YEAR_WORDS.get(self.year, self.year)

    @property
    def group_words(self) -> str:
        """Of whom, unless of all or said by the measure itself."""
        is_said = self.group == Measure.Group.ALL or self.kind == Measure.Kind.GAP
        return "" if is_said else str(Measure.Group(self.group).label)

    @property
    def title(self) -> str:
        """What is measured, in which year, of whom."""
        of_whom = self.group_words
        return f"{self}: {of_whom[0].lower() + of_whom[1:]}" if of_whom else str(self)

    @property
    def unit_words(self) -> str:
        """What it is counted in, as a sentence goes on."""
        return UNIT_WORDS[self.unit]

    @property
    def row(self) -> list[Told]:
        """Each point, also those of which nothing is known."""
        return [self.told.get(point, Told(point)) for point in self.points]

    @property
    def start(self) -> Told:
        """Where it stood at the start."""
        return self.told.get(START, Told(START))

    @property
    def latest(self) -> Told | None:
        """The last point of which she is told what was reached."""
        return next((each for each in reversed(self.row) if each.actual is not None), None)

    @property
    def goal(self) -> Told | None:
        """What is planned for the last term."""
        terms = [each for each in self.row if START < each.point not in CHECKS]
        return next((each for each in reversed(terms) if each.planned is not None), None)

    @property
    def has_hidden(self) -> bool:
        """Whether something was entered that she isn't told."""
        return any(each.is_hidden for each in self.told.values())

    @property
    def has_figures(self) -> bool:
        """Whether anything was entered or planned."""
        return any(
            each.is_hidden or each.actual is not None or each.planned is not None
            for each in self.told.values()
        )


@dataclass(frozen=True)
class Board:
    """A programme's measures by year group, the terms of the agreement and how many have begun."""

    measures: list[Followed]
    terms: int
    begun: int
    ended: int
    sees_all: bool

    @property
    def headline(self) -> Followed | None:
        """What stands on top."""
        return next((each for each in self.measures if each.is_headline), None)

    @property
    def by_year(self) -> list[tuple[str, list[Followed]]]:
        """The measures of each year group under its name, youngest first."""
        years = sorted({each.year for each in self.measures}, key=year_order)
        return [
            (YEAR_WORDS.get(year, year), [each for each in self.measures if each.year == year])
            for year in years
        ]

    @property
    def points(self) -> list[int]:
        """The start, each term, and the two checks after the end."""
        return [START, *range(1, self.terms + 1), *CHECKS]

    @property
    def headings(self) -> list[str]:
        """The points as tables head them."""
        return [point_words(point) for point in self.points]

    @property
    def in_short(self) -> list[str]:
        """The points as pictures and narrow tables head them."""
        return [point_in_short(point) for point in self.points]

    @property
    def has_hidden(self) -> bool:
        """Whether something was entered that the reader isn't told."""
        return any(each.has_hidden for each in self.measures)

    def numbered(self, pk: int) -> Followed | None:
        """One of them by its key."""
        return next((each for each in self.measures if each.pk == pk), None)
