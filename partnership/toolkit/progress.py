"""How far a long piece of work is: kept in the cache, shown on a page, gone after a day.

A long transaction cannot tell of itself through the database that it locks.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from django.core.cache import cache

KEPT_SECONDS = 24 * 3600
SILENT_SECONDS = 120


@dataclass(frozen=True)
class Progress:
    """One piece of work: who asked for it, how far it is, what came of it, perhaps a file."""

    key: str
    title: str
    person_id: int
    back: str
    done: int = 0
    total: int = 0
    words: str = ""
    is_finished: bool = False
    has_failed: bool = False
    updated_at: float = 0.0
    file: str = ""
    file_name: str = ""

    @property
    def percent(self) -> int:
        """Whole percent done, 0 while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def _cache_key(key: str) -> str:
    return f"progress:{key}"


def begin(*, title: str, person_id: int, back: str, at: float) -> Progress:
    """A new piece of work under an address nobody can guess; `at` is a Unix time."""
    progress = Progress(
        key=secrets.token_urlsafe(16),
        title=title,
        person_id=person_id,
        back=back,
        updated_at=at,
    )
    cache.set(_cache_key(progress.key), asdict(progress), KEPT_SECONDS)
    return progress


def progress_of(key: str, *, person_id: int) -> Progress | None:
    """The work under this key, if this person asked for it."""
    stored = cache.get(_cache_key(key))
    if stored is None or stored["person_id"] != person_id:
        return None
    return Progress(**stored)


def report(key: str, *, at: float, **changes: object) -> None:
    """Say how far the work is; a work that nobody remembers says nothing."""
    stored = cache.get(_cache_key(key))
    if stored is not None:
        cache.set(_cache_key(key), stored | changes | {"updated_at": at}, KEPT_SECONDS)


def is_silent(progress: Progress, *, at: float) -> bool:
    """Whether unfinished work has said nothing for so long that it is probably dead."""
    return not progress.is_finished and at - progress.updated_at > SILENT_SECONDS
