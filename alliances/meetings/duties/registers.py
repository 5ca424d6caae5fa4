"""The register that is to be taken."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, NullIf

from alliances.meetings.duties.pages import meeting_id_of
from alliances.meetings.models import Meeting
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DutyKind, DutyWindow, duty_rows, text
from partnership.toolkit.spoken_dates import spoken_moment

REGISTER = "meetings.take_register"


def _to_take(window: DutyWindow) -> QuerySet[Any, Any]:
    """From the meeting's start until it stands as held, with a register or without one."""
    if window.with_done:
        meetings = Meeting.objects.filter(state__in=Meeting.KEPT_STATES)
    else:
        meetings = Meeting.objects.filter(state__in=Meeting.LIVE_STATES)
    taker = Coalesce("minute_taker", "body__minute_taker", "called_by")
    meetings = meetings.filter(starts_at__lte=window.moment).annotate(
        taker=taker, chief=NullIf(F("called_by"), taker)
    )
    return duty_rows(
        meetings,
        window,
        kind=REGISTER,
        person="taker",
        subject="title",
        page=text("pk"),
        happens_at="starts_at",
        asked_at="called_at",
        due_at="ends_at",
        alliance="body__alliance",
        sender="body__alliance__name",
        goes_up_to="chief",
        done_at="held_at",
    )


REGISTERS = (
    DutyKind(
        key=REGISTER,
        words="Take the register of a meeting, and say that it was held",
        due="when the meeting ends",
        offsets=(0, 1, 3),
        goes_up_after=2,
        goes_up_to="whoever called it",
        rows=_to_take,
        title=lambda duty: f"Take the register: {duty.subject}",
        line=lambda duty: f"Meeting of {spoken_moment(duty.happens_at)}" if duty.happens_at else "",
        url=lambda duty: address("meetings:meeting_register", meeting_id_of(duty)),
        action="Take it",
        why=lambda duty: "You have this because you take the register of a meeting.",
        in_alliance=True,
    ),
)
