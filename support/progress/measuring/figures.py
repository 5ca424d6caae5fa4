"""What is known of a figure when it is decided whether it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FEWEST = 10
ALL, DISADVANTAGED, OTHERS, SEND, NOT_SEND = "all", "disadvantaged", "others", "send", "not_send"
PAIRS = ((DISADVANTAGED, OTHERS), (SEND, NOT_SEND))
WHOLE_SCHOOL = ""
GAP = "gap"
PERCENT, COUNT = "percent", "count"


@dataclass(frozen=True)
class Figure:
    """One actual figure at one point; `cohort` is how many pupils it counts, if that is known.

    Figures of one `family` and one year group differ by their group alone: writing, Year 6.
    """

    key: int
    family: str
    year: str
    group: str
    value: Decimal
    cohort: int | None
    unit: str = PERCENT

    @property
    def is_gap(self) -> bool:
        """Whether it says how far disadvantaged pupils are behind the others."""
        return self.family == GAP

    @property
    def hits(self) -> int | None:
        """How many pupils it counts as having reached something, where it says so."""
        if self.unit == COUNT:
            return round(self.value)
        if self.unit == PERCENT and self.cohort is not None:
            return round(self.value * self.cohort / 100)
        return None
