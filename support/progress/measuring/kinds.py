"""What is usual for each kind of measure, and between which bounds a figure lies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

NURSERY, RECEPTION = "N", "R"
YEARS = [(NURSERY, "Nursery"), (RECEPTION, "Reception")] + [
    (str(number), f"Year {number}") for number in range(1, 14)
]
YEAR_WORDS = {"": "Whole school", **dict(YEARS)}
START = 0
CHECKS = {101: "1 term after", 102: "2 terms after"}
SHORT = {101: "+1 term", 102: "+2 terms"}


@dataclass(frozen=True)
class Usual:
    """How a kind is mostly measured."""

    year_group: str
    unit: str
    is_better_lower: bool = False


USUAL = {
    "baseline": Usual(RECEPTION, "percent"),
    "gld": Usual(RECEPTION, "percent"),
    "phonics": Usual("1", "percent"),
    "year_2": Usual("2", "percent"),
    "tables": Usual("4", "score"),
    "ks2_reading": Usual("6", "percent"),
    "ks2_writing": Usual("6", "percent"),
    "ks2_maths": Usual("6", "percent"),
    "ks2_combined": Usual("6", "percent"),
    "attendance": Usual("", "percent"),
    "gap": Usual("6", "points", is_better_lower=True),
    "own": Usual("", "percent"),
}
UNIT_WORDS = {"percent": "per cent", "points": "points", "score": "points of score", "count": ""}
BOUNDS = {
    "percent": (0, 100, "A percentage lies between 0 and 100."),
    "points": (-100, 100, "Percentage points lie between -100 and 100."),
    "score": (0, 200, "A score lies between 0 and 200."),
    "count": (0, 99_999, "A number lies between 0 and 99,999."),
}
TABLES_BOUNDS = (0, 25, "The tables check is out of 25: the average lies between 0 and 25.")
MOST_PUPILS = 5_000


def bounds_of(kind: str, unit: str) -> tuple[int, int, str]:
    """The least and the most that a figure can be, and the sentence that says so."""
    if kind == "tables" and unit == "score":
        return TABLES_BOUNDS
    return BOUNDS[unit]


def refusal_of(kind: str, unit: str, value: Decimal) -> str:
    """Why a figure can't be right, or nothing."""
    least, most, sentence = bounds_of(kind, unit)
    return "" if least <= value <= most else sentence


def year_order(year: str) -> int:
    """Nursery first, Year 13 last, and then the whole school."""
    known = [each for each, _words in YEARS]
    return known.index(year) if year in known else len(known)


def said(value: Decimal | None) -> str:
    """A figure without needless noughts, with a true minus sign."""
    if value is None:
        return ""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.replace("-", "−")


def point_in_short(point: int) -> str:
    """The same for pictures and narrow tables."""
    return SHORT.get(point) or point_words(point)


def point_words(point: int) -> str:
    """A point in time as tables head it."""
    if point == START:
        return "Start"
    return CHECKS.get(point, f"Term {point}")
