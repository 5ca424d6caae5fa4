"""The demo: each room makes a believable year of its own by calling services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from partnership.toolkit.registers.finding import modules_with


@dataclass
class DemoClock:
    """The moment around which the demo's year lies, and how its loading reports what it made."""

    now: datetime
    say: Callable[[str], None] = field(default=lambda _line: None)

    def at(self, days: int, hour: int = 16, minute: int = 0) -> datetime:
        """A moment so many days from now, at UK clock time."""
        day = self.now + timedelta(days=days)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def demo_modules() -> Iterator[Any]:
    """Every room's demo, lower rooms first."""
    yield from modules_with("demo")
