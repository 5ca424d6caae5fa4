"""The paper that somebody presents."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)

from alliances.meetings.duties.pages import meeting_id_of
from alliances.meetings.models import AgendaItem, Meeting, Paper
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text

PAPER = "meetings.paper"
TITLE = Case(
    When(is_confidential=True, then=Value("a confidential item")),
    default=F("title"),
    output_field=TextField(),
)


def _papers_owed(window: DutyWindow) -> QuerySet[Any, Any]:
    papers = Paper.objects.filter(item=OuterRef("pk"))
    items = AgendaItem.objects.filter(paper_due_at__isnull=False, presenter__is_active=True)
    if window.with_done:
        items = items.filter(meeting__state__in=Meeting.KEPT_STATES)
    else:
        items = items.filter(
            ~Exists(papers),
            meeting__state=Meeting.State.CALLED,
            meeting__starts_at__gt=window.moment,
        )
    return duty_rows(
        items,
        window,
        kind=PAPER,
        person="presenter",
        subject=TITLE,
        page=text("meeting"),
        detail="meeting__title",
        happens_at="meeting__starts_at",
        asked_at="meeting__called_at",
        due_at="paper_due_at",
        alliance="meeting__body__alliance",
        sender="meeting__body__alliance__name",
        goes_up_to="meeting__called_by",
        done_at=Subquery(papers.order_by("added_at", "pk").values("added_at")[:1]),
    )


def _paper_url(duty: Duty) -> str:
    return address("meetings:paper_add", meeting_id_of(duty), duty.thing_id)


PAPERS = (
    DutyKind(
        key=PAPER,
        words="Provide the paper that you present",
        due="the day that the agenda gives",
        offsets=(-3, 0, 1),
        goes_up_after=1,
        goes_up_to="whoever called the meeting",
        rows=_papers_owed,
        title=lambda duty: f"Send the paper you present: {duty.subject}",
        line=lambda duty: f"For {duty.detail}",
        url=_paper_url,
        action="Add the paper",
        why=lambda duty: "You have this because you present an item and its paper is missing.",
        in_alliance=True,
    ),
)
