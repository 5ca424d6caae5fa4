"""One part of a programme's page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """A template and what it shows; the template reads its nouns from `part`."""

    template: str
    nouns: dict[str, Any] = field(default_factory=dict)
