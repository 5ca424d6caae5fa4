"""Hosts by weeks: the year at a glance, as places of a picture that the server draws."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from partnership.toolkit.spoken_dates import MONTHS
from reviews.cycles.pictures.shapes import Scene, Visits

LEFT, WEEK, TOP, ROW, EDGE = 150, 25, 44, 34, 6
FIVE_DAYS = 5
SEVEN_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Column:
    """A week: where it begins, its Monday, its month where that is another one, and if no school is."""

    x: int
    monday: int
    month: str
    is_closed: bool

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + WEEK / 2

    @property
    def beside(self) -> int:
        """Where the name of its month begins."""
        return self.x + 4


@dataclass(frozen=True)
class Mark:
    """A review in the picture: `look` is fill-yes, fill-wash or is-clash."""

    x: int
    number: int
    look: str

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + (WEEK + 2) / 2

    @property
    def words(self) -> str:
        """How the number looks on it."""
        return "on-fill" if self.look == "fill-yes" else "strong"


@dataclass(frozen=True)
class Line:
    """A host's line."""

    y: int
    name: str
    full_name: str
    marks: tuple[Mark, ...]
    is_striped: bool

    @property
    def base(self) -> int:
        """Where its words stand."""
        return self.y + 22

    @property
    def up(self) -> int:
        """The upper edge of its marks."""
        return self.y + 5


@dataclass(frozen=True)
class Grid:
    """All that is drawn."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    description: str

    @property
    def width(self) -> int:
        """To the end of the last week."""
        return LEFT + WEEK * len(self.columns) + 4

    @property
    def height(self) -> int:
        """To the last line."""
        return self.foot + EDGE

    @property
    def foot(self) -> int:
        """Where the last line ends."""
        return TOP + ROW * len(self.lines)

    @property
    def tall(self) -> int:
        """How high a hatched week is."""
        return ROW * len(self.lines)


def grid(scene: Scene, days: Sequence[Visits], warned: Collection[str] = ()) -> Grid:
    """The picture of a draft, or of what is published; hosts of `warned` have something to look at."""
    dates = [each.date for each in days]
    first = _monday(min([scene.starts_on, *dates]))
    last = max([scene.ends_on, *dates])
    weeks = (last - first).days // SEVEN_DAYS.days + 1
    mondays = [first + number * SEVEN_DAYS for number in range(weeks)]
    with_day = {each.host for each in days}
    shown = [host for host in scene.hosts.values() if host.is_standing or host.id in with_day]
    lines = tuple(
        Line(
            y=TOP + ROW * number,
            name=host.short,
            full_name=host.name,
            marks=tuple(_mark(each, first, warned) for each in days if each.host == host.id),
            is_striped=number % 2 == 0,
        )
        for number, host in enumerate(shown)
    )
    counted = f"{len(shown)} school{'' if len(shown) == 1 else 's'}"
    description = f"{counted} by weeks; every day stands in the table of days and teams."
    columns = tuple(_column(number, mondays, scene) for number in range(weeks))
    return Grid(columns, lines, description)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _column(number: int, mondays: Sequence[date], scene: Scene) -> Column:
    monday = mondays[number]
    is_first = number == 0 or mondays[number - 1].month != monday.month
    is_crowded = number == 0 and len(mondays) > 1 and mondays[1].month != monday.month
    weekdays = [monday + timedelta(days=at) for at in range(FIVE_DAYS)]
    within = [day for day in weekdays if scene.starts_on <= day <= scene.ends_on]
    return Column(
        x=LEFT + WEEK * number,
        monday=monday.day,
        month=MONTHS[monday.month - 1][:3] if is_first and not is_crowded else "",
        is_closed=bool(within) and scene.open_days.isdisjoint(within),
    )


def _mark(day: Visits, first: date, warned: Collection[str]) -> Mark:
    week = (day.date - first).days // SEVEN_DAYS.days
    planned = "is-clash" if day.host in warned else "fill-wash"
    look = "fill-yes" if day.is_settled else planned
    return Mark(x=LEFT + WEEK * week - 1, number=day.date.day, look=look)
