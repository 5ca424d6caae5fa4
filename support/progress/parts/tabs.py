"""The pages of a programme that has begun, as somebody may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from partnership.toolkit.addresses import address
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.permissions import can_see_concerns, can_see_course, can_see_money

TABS: tuple[tuple[str, str, Callable[[Rights], bool]], ...] = (
    ("programmes:programme_detail", "Overview", lambda _rights: True),
    ("progress:plan_detail", "Plan", can_see_course),
    ("progress:visit_list", "Visits", can_see_course),
    ("progress:review_list", "Reviews", can_see_course),
    ("progress:measure_list", "Measures", can_see_course),
    ("progress:money_detail", "Money", can_see_money),
    ("progress:concern_list", "Concerns", can_see_concerns),
    ("progress:end_detail", "The end", can_see_course),
    ("progress:timeline", "What happened", can_see_course),
)


class Tab(NamedTuple):
    """One page: where it is, its words, and whether it is the one that is looked at."""

    url: str
    words: str
    is_current: bool


def tabs_for(rights: Rights, current: str = "") -> list[Tab]:
    """Those that she may see, `current` by the name of its address."""
    pk = rights.programme.pk
    return [
        Tab(address(name, pk), words, name == current)
        for name, words, may_see in TABS
        if may_see(rights)
    ]


def tabs(rights: Rights, _now: datetime) -> Part:
    """The pages beside the programme's own."""
    shown = tabs_for(rights, "programmes:programme_detail")
    return Part("progress/includes/_tabs_of_part.html", {"tabs": tuple(shown)})
