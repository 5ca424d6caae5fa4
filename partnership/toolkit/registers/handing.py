"""Handing over, personal data, and bridges from one room to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db.models import QuerySet


@dataclass(frozen=True)
class HandoverKind:
    """What a leaver or a closing school holds, and how it passes on or ends.

    `of` says whose it is. For a school, `held(school)` is what runs on, and
    `pass_on(school, to=successor, on=first_day, by=person, now=now)` answers how much it moved.
    """

    key: str
    words: str
    held: Callable[[Any], QuerySet[Any]]
    pass_on: Callable[..., int]
    of: Literal["person", "school"] = "person"


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
