"""Something that waits on the reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """What it is, in a sentence, and the page where it is done."""

    sentence: str
    button: str
    url: str
    is_late: bool = False
