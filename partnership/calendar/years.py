"""Academic years: 1 September to 31 August, written "2026 to 2027"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, order=True)
class AcademicYear:
    """An academic year by the calendar year it begins in."""

    start: int

    @classmethod
    def containing(cls, day: date) -> Self:
        """The academic year of a day."""
        return cls(day.year if day.month >= 9 else day.year - 1)  # noqa: PLR2004 September

    @classmethod
    def from_slug(cls, slug: str) -> Self | None:
        """The year of an address like "2026-to-2027", None for anything else."""
        match = re.fullmatch(r"(\d{4})-to-(\d{4})", slug, re.ASCII)
        if match is None or int(match[2]) != int(match[1]) + 1:
            return None
        return cls(int(match[1]))

    def __str__(self) -> str:
        return f"{self.start} to {self.start + 1}"

    @property
    def slug(self) -> str:
        """As it stands in addresses."""
        return f"{self.start}-to-{self.start + 1}"

    @property
    def first_day(self) -> date:
        """1 September."""
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        """31 August."""
        return date(self.start + 1, 8, 31)

    @property
    def next(self) -> AcademicYear:
        """The year after."""
        return AcademicYear(self.start + 1)

    @property
    def previous(self) -> AcademicYear:
        """The year before."""
        return AcademicYear(self.start - 1)
