"""One part of a cycle's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reviews.cycles.permissions import CycleRights


@dataclass(frozen=True)
class Part:
    """A template and what it shows; the template reads its nouns from `part`."""

    template: str
    nouns: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CycleRights, datetime], Part | None]
