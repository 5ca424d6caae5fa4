"""A measure over the terms of a programme: what was planned, what was reached, whether it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import floor

WIDTH, HEIGHT = 580, 270
LEFT, RIGHT, TOP, BOTTOM = 46, 578, 38, 230
FIRST, LAST = 58, 548
TICKS = 4
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120, 32, 4
Pairs = Sequence[tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True)
class Spot:
    """A place in the picture; `left` and `up` are the corner of the square round it."""

    x: int
    y: int

    @property
    def left(self) -> int:
        """The left edge of its square."""
        return self.x - 6

    @property
    def up(self) -> int:
        """The upper edge of its square."""
        return self.y - 6


@dataclass(frozen=True)
class Label:
    """A word in the picture."""

    x: int
    y: int
    words: str
    is_now: bool = False


@dataclass(frozen=True, eq=False)
class Chart:
    """All that is drawn; lines are points as SVG writes them, one line for each stretch.

    A picture is drawn once, so it is equal to itself alone: to compare all its spots takes long.
    """

    plan: tuple[Spot, ...]
    plan_lines: tuple[str, ...]
    real: tuple[Spot, ...]
    real_lines: tuple[str, ...]
    grid: tuple[Label, ...]
    points: tuple[Label, ...]
    stripe: int
    named_plan: Label | None
    named_real: Label | None


def _scale(values: Iterable[Decimal], most: int | None) -> tuple[int, int]:
    """The lowest line and the step between lines; a space is left on top unless nothing is more."""
    numbers = list(values)
    low, high = min(numbers), max(numbers)
    for step in STEPS:
        bottom = floor(low / step) * step
        if most is not None and bottom + step * TICKS > most:
            bottom = most - step * TICKS
            if bottom <= low:
                return bottom, step
        elif high <= bottom + step * (TICKS - 1):
            return bottom, step
    return 0, STEPS[-1]


def _stretches(places: Sequence[Spot | None]) -> tuple[str, ...]:
    """Lines of at least two neighbouring places; a gap parts them."""
    lines: list[list[Spot]] = [[]]
    for place in places:
        if place is None:
            lines.append([])
        else:
            lines[-1].append(place)
    longer = (line for line in lines if len(line) > 1)
    return tuple(" ".join(f"{each.x},{each.y}" for each in line) for line in longer)


@lru_cache(maxsize=1_000)
def chart_of(pairs: Pairs, names: Sequence[str], *, now: int, unit: str) -> Chart | None:
    """The picture of planned and reached figures, drawn once for equal ones; None without any.

    `now` is the place of the term that runs, -1 before the first; the last two are the checks.
    """
    values = [value for pair in pairs for value in pair if value is not None]
    if not values:
        return None
    bottom, step = _scale(values, 100 if unit == "percent" else None)
    top = bottom + step * TICKS
    gap = (LAST - FIRST) // (len(pairs) - 1)

    def x(place: int) -> int:
        return FIRST + gap * place

    def y(value: Decimal | int) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * float((Decimal(value) - bottom) / (top - bottom)))

    plan, real = (_spots([pair[side] for pair in pairs], x, y) for side in (0, 1))
    sign = " %" if unit == "percent" else ""
    lines = [bottom + step * number for number in range(TICKS + 1)]
    grid = [Label(38, y(each), f"{each}{sign}".replace("-", "−")) for each in lines]
    points = [Label(x(at), 254, words, at == now) for at, words in enumerate(names)]
    planned, reached = ([spot for spot in spots if spot] for spots in (plan, real))
    return Chart(
        plan=tuple(spot for spot in planned if spot.x != FIRST),
        plan_lines=_stretches(_with_start(plan, real)),
        real=tuple(reached),
        real_lines=_stretches(real),
        grid=tuple(grid),
        points=tuple(points),
        stripe=x(len(pairs) - 2) - gap // 2,
        named_plan=_named(planned, reached, "planned"),
        named_real=_named(reached, planned, "actual"),
    )


def _spots(
    values: Sequence[Decimal | None], x: Callable[[int], int], y: Callable[[Decimal | int], int]
) -> list[Spot | None]:
    return [Spot(x(at), y(value)) if value is not None else None for at, value in enumerate(values)]


def _with_start(plan: Sequence[Spot | None], real: Sequence[Spot | None]) -> list[Spot | None]:
    """The plan sets out from where things stood, if nothing else was planned for the start."""
    return [plan[0] or real[0], *plan[1:]]


def _named(spots: Sequence[Spot], others: Sequence[Spot], words: str) -> Label | None:
    """A line's name at its last place within the terms, on the side away from the other line."""
    if not spots:
        return None
    spot = spots[min(len(spots) - 1, max(0, len(spots) - 3))] if words == "planned" else spots[-1]
    beside = next((each for each in others if each.x == spot.x), None)
    is_under = beside is not None and beside.y < spot.y
    if is_under and spot.y + 24 > BOTTOM:  # the names of the terms stand there
        return Label(spot.x + 34, min(spot.y + 4, BOTTOM - 4), words)
    return Label(spot.x, spot.y + (24 if is_under else -14), words)


def spark_of(pairs: Pairs) -> Chart | None:
    """The two lines alone, small enough for a row of a table."""
    values = [value for pair in pairs for value in pair if value is not None]
    if not values:
        return None
    low, high = min(values), max(values)
    spread = (high - low) or Decimal(1)
    gap = (SPARK_WIDTH - 2 * SPARK_EDGE) // (len(pairs) - 1)

    def x(place: int) -> int:
        return SPARK_EDGE + gap * place

    def y(value: Decimal | int) -> int:
        room = SPARK_HEIGHT - 2 * SPARK_EDGE
        return round(SPARK_HEIGHT - SPARK_EDGE - room * float((Decimal(value) - low) / spread))

    plan, real = (_spots([pair[side] for pair in pairs], x, y) for side in (0, 1))
    plan_lines = _stretches(_with_start(plan, real))
    last = tuple(spot for spot in real if spot)[-1:]
    return Chart((), plan_lines, last, _stretches(real), (), (), 0, None, None)
