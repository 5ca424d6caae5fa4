"""What a room keeps beside another room's things, brought up to date when those change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from partnership.toolkit.registers.finding import gather


class GoneFurther(Exception):
    """What follows is too far to be taken back along with the thing."""


@dataclass(frozen=True)
class FollowerKind:
    """Things of a kind, and what is done in the same transaction when some of them have changed.

    `follow(keys, now)` may run twice; the room below calls it without knowing who follows. It
    raises GoneFurther where the change would leave what follows without its ground.
    """

    key: str
    thing: str
    follow: Callable[[Collection[int], datetime], None]


def follow(thing: str, keys: Collection[int], now: datetime) -> None:
    """Tell every room that follows such things that these are new, moved or ended."""
    kinds: tuple[FollowerKind, ...] = gather("followers", "FOLLOWERS") if keys else ()
    for kind in kinds:
        if kind.thing == thing:
            kind.follow(keys, now)
