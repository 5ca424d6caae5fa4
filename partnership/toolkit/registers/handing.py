"""Handing over, personal data, and bridges from one room to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

PASS, END, STAY = "pass", "end", "stay"


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves a school with a day, and who arranges it on which day."""

    person: Any
    school: Any
    last_day: date
    by: Any
    today: date

    @property
    def first_day(self) -> date:
        """The day on which whoever follows begins."""
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """One thing that a leaver holds, and what may become of it; the first choice is proposed."""

    key: int
    words: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class HandoverKind:
    """What a leaver or a closing school holds, and how it passes on or ends.

    `of` says whose it is. For a school, `held(school)` is what runs on, and
    `pass_on(school, to=successor, on=first_day, by=person, now=now)` answers how much it moved.

    For a person, `held(leaver)` lists what whoever arranges it may decide about, as `Held`, and
    `pass_on(leaver, key, to=successor, now=now)` settles one of them, `to=None` ending it; what is
    gone already it leaves alone, so it may run twice. A room whose things have days settles them
    at once, by their days; one whose things have none says `is_dated=False` and is asked once the
    last day has passed.
    """

    key: str
    words: str
    held: Callable[[Any], Any]
    pass_on: Callable[..., int]
    of: Literal["person", "school"] = "person"
    is_dated: bool = True


@dataclass(frozen=True)
class PersonalKind:
    """A person's data in one room: what it is, why and how long it is kept, how it is forgotten."""

    key: str
    words: str
    export: Callable[[Any], list[dict[str, Any]]]
    forget: Callable[..., int]
    kept_for: timedelta | None = None


@dataclass(frozen=True)
class BridgeKind:
    """A way to start something from a finding: who may, and the address of a prefilled form."""

    key: str
    words: str
    may: Callable[[Any], bool]
    url: Callable[[Mapping[str, str]], str]
