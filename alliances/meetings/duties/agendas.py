"""The agenda that is to be published in time."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, NullIf

from alliances.meetings.duties.pages import meeting_url
from alliances.meetings.models import Meeting
from partnership.toolkit.registers import DutyKind, DutyWindow, duty_rows, text
from partnership.toolkit.spoken_dates import spoken_moment

AGENDA = "meetings.publish_agenda"


def _to_publish(window: DutyWindow) -> QuerySet[Any, Any]:
    meetings = Meeting.objects.filter(agenda_due_at__isnull=False, called_by__is_active=True)
    if window.with_done:
        meetings = meetings.filter(state__in=Meeting.KEPT_STATES)
    else:
        meetings = meetings.filter(
            state=Meeting.State.CALLED,
            agenda_published_at__isnull=True,
            starts_at__gt=window.moment,
        )
    chief = NullIf(Coalesce("chair", "body__lead"), F("called_by"))
    return duty_rows(
        meetings.annotate(chief=chief),
        window,
        kind=AGENDA,
        person="called_by",
        subject="title",
        page=text("pk"),
        happens_at="starts_at",
        asked_at="called_at",
        due_at="agenda_due_at",
        alliance="body__alliance",
        sender="body__alliance__name",
        goes_up_to="chief",
        done_at="agenda_published_at",
    )


AGENDAS = (
    DutyKind(
        key=AGENDA,
        words="Publish the agenda of a meeting in time",
        due="five school days before the meeting, or the day that was promised",
        offsets=(-2, 0, 1),
        goes_up_after=1,
        goes_up_to="the meeting’s chair, or whoever leads the group",
        rows=_to_publish,
        title=lambda duty: f"Publish the agenda: {duty.subject}",
        line=lambda duty: f"Meeting of {spoken_moment(duty.happens_at)}" if duty.happens_at else "",
        url=meeting_url,
        action="Make the agenda",
        why=lambda duty: "You have this because you called a meeting whose agenda is to come.",
        in_alliance=True,
    ),
)
