"""Actions that somebody has to do."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from alliances.meetings.models import Action
from alliances.meetings.notices.actions import CONFIDENTIAL
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text

DO = "meetings.action"


def _to_do(window: DutyWindow) -> QuerySet[Any, Any]:
    """What is confidential is not named, since mails are made of it."""
    actions = Action.objects.filter(owner__is_active=True)
    if not window.with_done:
        actions = actions.open()
    named = Case(
        When(item__is_confidential=True, then=Value(CONFIDENTIAL)),
        default=F("title"),
        output_field=TextField(),
    )
    return duty_rows(
        actions,
        window,
        kind=DO,
        person="owner",
        subject=named,
        page=text("pk"),
        detail=Concat(
            text("body__name"), Value(", "), "body__alliance__name", output_field=TextField()
        ),
        asked_at="given_at",
        due_at="due_at",
        alliance="body__alliance",
        sender="body__alliance__name",
        goes_up_to="given_by",
        done_at="done_at",
        waived_because="dropped_because",
    )


def _page(duty: Duty) -> str:
    return address("meetings:action_detail", duty.thing_id)


ACTIONS = (
    DutyKind(
        key=DO,
        words="Do your action",
        due="the day that the action gives: the next meeting, or two weeks",
        offsets=(-3, 0, 3),
        goes_up_after=5,
        goes_up_to="whoever gave it",
        rows=_to_do,
        title=lambda duty: duty.subject,
        line=lambda duty: f"An action of {duty.detail}",
        url=_page,
        action="Done",
        why=lambda duty: "You have this because you have an action to do.",
        mail_action="See the action",
        answer_template="meetings/includes/_duty_done.html",
        in_alliance=True,
    ),
)
