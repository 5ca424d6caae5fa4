"""A framework as it comes with the portal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GivenTheme:
    """What a review looks at, and its prompts."""

    name: str
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class GivenFramework:
    """Words to begin with; the alliance makes them its own."""

    key: str
    name: str
    summary: str
    evidence: tuple[str, ...]
    themes: tuple[GivenTheme, ...]
    judgements: tuple[tuple[str, str], ...] = ()
