"""Minutes that wait to be written, and to be checked."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alliances.meetings.duties.pages import meeting_id_of
from alliances.meetings.models import OFFICE_POSTS, Meeting
from alliances.membership.models import AlliancePost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text
from partnership.toolkit.spoken_dates import spoken_moment

WRITE = "meetings.write_minutes"
CHECK = "meetings.check_minutes"
WRITERS = ("minute_taker", "body__minute_taker", "called_by")
CHECKERS = ("chair", "called_by")
MinutesState = Meeting.MinutesState


def _held(window: DutyWindow, *ways: str) -> QuerySet[Meeting]:
    """Meetings that were held; for one person those that are hers by any of these ways."""
    held = Meeting.objects.filter(state=Meeting.State.HELD)
    if window.only_person is not None:
        hers = [Meeting.objects.filter(**{way: window.only_person}).values("pk") for way in ways]
        held = held.filter(pk__in=hers[0].union(*hers[1:], all=True))
    return held.annotate(writer=Coalesce(*WRITERS), checker=Coalesce(*CHECKERS))


def _to_write(window: DutyWindow) -> QuerySet[Any, Any]:
    meetings = _held(window, *WRITERS).filter(minutes_due_at__isnull=False)
    if not window.with_done:
        meetings = meetings.filter(minutes_state=MinutesState.NONE)
    return duty_rows(
        meetings,
        window,
        kind=WRITE,
        person="writer",
        subject="title",
        page=text("pk"),
        happens_at="starts_at",
        asked_at="held_at",
        due_at="minutes_due_at",
        alliance="body__alliance",
        sender="body__alliance__name",
        goes_up_to="checker",
        done_at="minutes_drafted_at",
    )


def _to_check(window: DutyWindow) -> QuerySet[Any, Any]:
    meetings = _held(window, *CHECKERS).filter(minutes_check_due_at__isnull=False)
    if not window.with_done:
        meetings = meetings.filter(minutes_state=MinutesState.DRAFTED)
    posts = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef("body__alliance"), kind__in=OFFICE_POSTS
    )
    by_rank = posts.order_by("kind", "pk").values("person")
    return duty_rows(
        meetings.annotate(office=Subquery(by_rank[:1])),
        window,
        kind=CHECK,
        person="checker",
        subject="title",
        page=text("pk"),
        happens_at="starts_at",
        asked_at="minutes_drafted_at",
        due_at="minutes_check_due_at",
        alliance="body__alliance",
        sender="body__alliance__name",
        goes_up_to="office",
        done_at="minutes_checked_at",
    )


def _of_the(duty: Duty) -> str:
    return f"Meeting of {spoken_moment(duty.happens_at)}" if duty.happens_at else ""


MINUTES = (
    DutyKind(
        key=WRITE,
        words="Write the minutes of a meeting",
        due="five school days after the meeting was held, two after they come back",
        offsets=(-2, 0, 2),
        goes_up_after=3,
        goes_up_to="the chair, or whoever called it",
        rows=_to_write,
        title=lambda duty: f"Write the minutes: {duty.subject}",
        line=_of_the,
        url=lambda duty: address("meetings:minutes_write", meeting_id_of(duty)),
        action="Write",
        why=lambda duty: "You have this because you take the minutes of a meeting.",
        in_alliance=True,
    ),
    DutyKind(
        key=CHECK,
        words="Check the minutes of a meeting",
        due="five school days after they are given to the chair",
        offsets=(-2, 0, 2),
        goes_up_after=3,
        goes_up_to="the alliance’s office",
        rows=_to_check,
        title=lambda duty: f"Check the minutes: {duty.subject}",
        line=_of_the,
        url=lambda duty: address("meetings:minutes_detail", meeting_id_of(duty)),
        action="Check",
        why=lambda duty: "You have this because you chaired or called a meeting.",
        in_alliance=True,
    ),
)
