"""The pages of a review, as somebody may see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from partnership.toolkit.addresses import address
from reviews.days.permissions import ReviewRights

TABS: tuple[tuple[str, str, Callable[[ReviewRights], bool]], ...] = (
    ("cycles:day_detail", "The day", lambda rights: rights.sees_day_page),
    ("days:preparation", "Preparation", lambda rights: rights.sees_preparation),
    ("days:note_list", "Notes", lambda rights: rights.sees_notes),
    ("days:view_list", "Own view", lambda rights: rights.sees_notes),
    ("days:moderation", "Moderation", lambda rights: rights.is_team),
    (
        "days:report_detail",
        "Report",
        lambda rights: rights.sees_draft or rights.is_host_side or rights.reads_report,
    ),
    ("days:after", "Afterwards", lambda rights: rights.sees_check_back),
)


class Tab(NamedTuple):
    """One page: where it is, its words, and whether it is the one that is looked at."""

    url: str
    words: str
    is_current: bool


def tabs_for(rights: ReviewRights, current: str = "") -> list[Tab]:
    """Those that she may see, `current` by the name of its address."""
    day = rights.review.day_id
    return [
        Tab(address(name, day), words, name == current)
        for name, words, may_see in TABS
        if may_see(rights)
    ]
