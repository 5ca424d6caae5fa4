"""What a report asks for: sending it, checking it, answering comments, releasing it.

Titles and lines name neither school nor what is written: mails are made of them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from partnership.toolkit.registers import DutyKind, DutyWindow
from reviews.days.duties.making import kind, of_host, of_team

SEND, CHECK = "days.report_to_send", "days.report_to_check"
ANSWER, RELEASE = "days.comments_to_answer", "days.report_to_release"
PAGE = "days:report_detail"


def _to_send(window: DutyWindow) -> QuerySet[Any, Any]:
    told: dict[str, Any] = {"due": "report_by", "done": "report__sent_at", "asked": "moderated_at"}
    return of_team(window, SEND, **told, only_lead=True, moderated_at__isnull=False)


def _to_check(window: DutyWindow) -> QuerySet[Any, Any]:
    """While comments are open it is the team's turn: the report has no day to be checked by."""
    told: dict[str, Any] = {
        "due": "report__check_by",
        "done": "report__checked_at",
        "asked": "report__sent_at",
    }
    return of_host(window, CHECK, **told, up="lead", released_at=None)


def _to_answer(window: DutyWindow) -> QuerySet[Any, Any]:
    told: dict[str, Any] = {
        "due": "report__answer_by",
        "done": "report__answered_at",
        "asked": "report__sent_at",
    }
    return of_team(window, ANSWER, **told, only_lead=True, released_at=None)


def _to_release(window: DutyWindow) -> QuerySet[Any, Any]:
    """Said to be accurate, or the day by which the host was to say so has passed."""
    report = "day__review__report__"
    is_over = Q(**{f"{report}check_by__lte": window.moment})
    who = Q(**{f"{report}checked_at__isnull": False}) | is_over
    told: dict[str, Any] = {
        "due": "report__release_by",
        "done": "released_at",
        "asked": "report__sent_at",
    }
    return of_team(window, RELEASE, **told, only_lead=True, who=who)


REPORTS: tuple[DutyKind, ...] = (
    kind(
        SEND,
        "Send the report to the host",
        "10 school days after the day",
        _to_send,
        title="Send the report to the host",
        url=PAGE,
        action="Look at it",
        is_host=False,
    ),
    kind(
        CHECK,
        "Say whether the report is accurate",
        "5 school days after it was sent; 2 at least after comments were answered or words were changed",
        _to_check,
        title="Say whether what the team has written is accurate",
        url=PAGE,
        action="Read it",
        is_host=True,
    ),
    kind(
        ANSWER,
        "Answer the host’s comments on the report",
        "3 school days after the first of them",
        _to_answer,
        title="Answer the host’s comments",
        url=PAGE,
        action="Read them",
        is_host=False,
    ),
    kind(
        RELEASE,
        "Release the report",
        "3 school days after it is accurate, or the host should have said so",
        _to_release,
        title="Release the report to the host",
        url=PAGE,
        action="Look at it",
        is_host=False,
    ),
)
