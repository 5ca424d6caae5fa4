"""Letters: what the outbox can say, worded when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from partnership.toolkit.registers.diary import Dated
from partnership.toolkit.registers.finding import gather


@dataclass(frozen=True)
class Letter:
    """The words of one mail, told once and rendered as text and HTML alike.

    `why` is the first line: why the recipient has it and what changed. `button_url` is the one
    thing it links to. `thread` names the thing that mails are threaded by; `dated` is what goes
    with it for the recipient's own calendar.
    """

    subject: str
    heading: str
    why: str
    button_label: str
    button_url: str
    sender_name: str = ""
    facts: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    signature: str = ""
    thread: str = ""
    can_be_stopped: bool = False
    dated: Dated | None = None


@dataclass(frozen=True)
class Stale:
    """A notice that need not be sent any more, and why not."""

    because: str


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice: its words are made when it is sent, for many at once.

    `letters` takes notices (with `recipient` loaded) and the moment, and gives for each notice's
    key in the database a Letter or Stale. It must cost the same number of queries for one or many.
    `in_alliance` tells of something in one alliance, which may word it itself. That somebody has
    a notice `in_confidence` says too much already: the outbox doesn't tell its kind.
    """

    key: str
    words: str
    letters: Callable[[Sequence[Any], datetime], Mapping[int, Letter | Stale]]
    is_urgent: bool = False
    before_joining: bool = False
    in_alliance: bool = False
    in_confidence: bool = False


@cache
def notice_kinds() -> dict[str, NoticeKind]:
    """Every room's kinds of notice by key."""
    return {kind.key: kind for kind in gather("notices", "NOTICES")}
