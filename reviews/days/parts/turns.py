"""Whose turn it is, in words for whoever reads, and where it is done if it is hers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partnership.toolkit.addresses import address
from reviews.days.course import ReviewFacts, Task, whose_turn
from reviews.days.course.tasks import HOST, HOST_OR_CHAMPION, LEAD, TEAM
from reviews.days.permissions import ReviewRights

BOTH = "the host and the lead reviewer"
CHECKING = ("checked", "answered")
ACTS = {
    "views": ("days:view_list", "Your view, and whose is missing"),
    "moderated": ("days:moderation", "Agree the findings"),
    "sent": ("days:report_detail", "Open the report"),
    "checked": ("days:report_detail", "Check the report"),
    "answered": ("days:report_detail", "See the comments"),
    "released": ("days:report_detail", "Open the report"),
    "workshop": ("days:after", "Arrange the workshop"),
    "workshop_to_come": ("days:after", "See when and where it is"),
    "workshop_begun": ("days:after", "Write it down"),
    "checked_back": ("days:after", "Check back"),
}


@dataclass(frozen=True)
class Turn:
    """What is next, whose it is and by when; with an address where the reader does it."""

    words: str
    whose: str
    due_at: datetime | None
    url: str = ""
    button: str = ""


def turn_of(rights: ReviewRights, facts: ReviewFacts, now: datetime) -> Turn | None:
    """What is next; nothing when all is done, nor of what the day's page says itself."""
    task = whose_turn(facts, now)
    if task is None or task.key == "held":
        return None
    if not rights.sees_preparation and not rights.is_champion:
        return turn_for_organiser(task)
    turn = Turn(task.words, task.whose, task.due_at)
    name, button = ACTS.get(task.key, ("", ""))
    if not name or not _is_hers(task, rights):
        return turn
    return Turn(turn.words, turn.whose, turn.due_at, address(name, rights.review.day_id), button)


def turn_for_organiser(task: Task) -> Turn:
    """The stage alone: who organises isn't told whether the host has commented."""
    if task.key in CHECKING:
        return Turn("Accuracy check", BOTH, task.due_at)
    return Turn(task.words, task.whose, task.due_at)


def _is_hers(task: Task, rights: ReviewRights) -> bool:
    return {
        HOST: rights.is_host_side,
        HOST_OR_CHAMPION: rights.may_say_held,
        TEAM: rights.is_team,
        LEAD: rights.is_team,
    }.get(task.whose, False)
