"""What is told of a report: it is there to check, is commented on, answered, checked, released."""

from __future__ import annotations

from reviews.days.notices.letters import kind

SENT, COMMENTED, ANSWERED = "days.report_sent", "days.report_commented", "days.report_answered"
CHECKED, RELEASED = "days.report_checked", "days.report_released"
PAGE = "days:report_detail"

REPORTS = (
    kind(
        SENT,
        subject="There is something to check",
        why="your school hosts a review day, and the team has written to you in the portal",
        button="Read it",
        page=PAGE,
    ),
    kind(
        COMMENTED,
        subject="There are comments to answer",
        why="you are on the team of a review day, and the host has written to you in the portal",
        button="Read the comments",
        page=PAGE,
    ),
    kind(
        ANSWERED,
        subject="Your comments are answered",
        why="your school hosts a review day, and the team has answered what you wrote",
        button="Read the answers",
        page=PAGE,
    ),
    kind(
        CHECKED,
        subject="The host has answered you",
        why="you lead the team of a review day, and the host has answered you in the portal",
        button="Read it",
        page=PAGE,
    ),
    kind(
        RELEASED,
        subject="There is something to read after a review",
        why="your school hosts a review day, or you are on its team",
        button="Read it",
        page=PAGE,
    ),
)
