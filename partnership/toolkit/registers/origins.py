"""What begins in one room with something of another: her own words go across, and a link is kept.

The room of the origin calls `hand_over` with what she wrote, and gives what comes back to a bridge
as the finding's “origin”. The form behind the bridge begins with the words that `handed` answers;
when its thing is made, the service calls `began` in the same transaction. Nothing of the origin is
kept there: a page asks `origins_of`, which answers those alone who may see where it began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from partnership.toolkit.registers.finding import gather

SALT = "registers.origin"
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class OriginKind:
    """Something with which things of other rooms may begin.

    `keep(origin, kind=…, thing_id=…, by=…, now=…)` links a new thing, `kind` being its bridge's
    key; `shown(person, kind=…, thing_id=…, now=…)` answers words and address of where a thing
    began, if she may see that.
    """

    key: str
    keep: Callable[..., None]
    shown: Callable[..., list[tuple[str, str]]]


@dataclass(frozen=True)
class Handed:
    """What goes across: where it comes from, and the words that were written for it."""

    kind: str
    origin: int
    words: str


def hand_over(kind: str, origin: int, words: str, *, by: Any) -> str:
    """For an address: it is hers alone, says nothing in clear, and lapses after a week."""
    return signing.dumps([by.pk, kind, origin, words], salt=SALT, compress=True)


def handed(token: str, *, by: Any) -> Handed | None:
    """What she was given to go on with; nothing if it is somebody else's, lapsed or made up."""
    try:
        person, kind, origin, words = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return Handed(kind, origin, words) if person == by.pk else None


def handed_words(token: str, *, by: Any) -> str:
    """The words alone, with which a form begins."""
    found = handed(token, by=by) if token else None
    return found.words if found is not None else ""


def began(token: str, *, kind: str, thing_id: int, by: Any, now: datetime) -> None:
    """Link a new thing with its origin, in the transaction that makes it; without a token not."""
    found = handed(token, by=by) if token else None
    if found is None:
        return
    for each in gather("origins", "ORIGINS"):
        if each.key == found.kind:
            each.keep(found.origin, kind=kind, thing_id=thing_id, by=by, now=now)


def origins_of(person: Any, *, kind: str, thing_id: int, now: datetime) -> list[tuple[str, str]]:
    """Where a thing began, as words and address, for those who may see it."""
    return [
        shown
        for each in gather("origins", "ORIGINS")
        for shown in each.shown(person, kind=kind, thing_id=thing_id, now=now)
    ]
