"""What a team is told of its moderation; the host learns the stage from the day's page."""

from __future__ import annotations

from partnership.toolkit.registers import NoticeKind
from reviews.days.notices.letters import kind

ENDED = "days.findings_agreed"
OPENED = "days.findings_open"
ASKED_AGAIN = "days.findings_changed"
WHY = "you are in the team of a review"

MODERATING: tuple[NoticeKind, ...] = (
    kind(
        ENDED,
        subject="A step of a review that you are on is done",
        why=f"{WHY}, and its lead reviewer has ended one of its steps",
        button="Open it in the portal",
        page="days:moderation",
    ),
    kind(
        OPENED,
        subject="A step of a review that you are on is open again",
        why=f"{WHY}, and its lead reviewer has opened one of its steps again",
        button="Open it in the portal",
        page="days:moderation",
    ),
    kind(
        ASKED_AGAIN,
        subject="You are asked again in a review that you are on",
        why=f"{WHY}, and something that you had agreed to reads otherwise now",
        button="Read and answer",
        page="days:moderation",
    ),
)
