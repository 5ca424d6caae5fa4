"""What a plan asks of people: both heads to agree to it, whoever has an action to do it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DateTimeField, F, QuerySet, Value, When

from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow, duty_rows
from support.programmes.duties.rows import HELPS, PANEL, SUPPORTED, SUPPORTING
from support.programmes.models import Programme
from support.progress.duties.heads import (
    ALIVE,
    beside_heads,
    kind_of,
    owed_by_heads,
)
from support.progress.models import PlanAction

AGREE_SCHOOL = "progress.agree_plan_school"
AGREE_SUPPORTER = "progress.agree_plan_supporter"
DO = "progress.do_action"
OF = "objective__programme"


def _to_agree(window: DutyWindow, kind: str, way: str, side: str) -> QuerySet[Any, Any]:
    """The plan as it now stands; what was agreed before a change is agreed no longer."""
    version, agreed_at = f"{side}_version", f"{side}_agreed_at"
    moments = ("version", version, agreed_at, "changed_at", "agree_by")
    rows = beside_heads(window, way, "plan", *moments, states=[Programme.State.OPEN])
    agreed = Case(
        When(thing_version=F(f"thing_{version}"), then=F(f"thing_{agreed_at}")),
        default=Value(None),
        output_field=DateTimeField(),
    )
    return owed_by_heads(
        rows,
        window,
        kind=kind,
        asked_at="thing_changed_at",
        due_at="thing_agree_by",
        done_at=agreed,
    )


def _of_school(window: DutyWindow) -> QuerySet[Any, Any]:
    return _to_agree(window, AGREE_SCHOOL, SUPPORTED, "school")


def _of_supporter(window: DutyWindow) -> QuerySet[Any, Any]:
    return _to_agree(window, AGREE_SUPPORTER, SUPPORTING, "supporter")


def _to_do(window: DutyWindow) -> QuerySet[Any, Any]:
    """Of objectives that are worked on, as long as the support goes on."""
    actions = PlanAction.objects.filter(
        owner__is_active=True,
        dropped_at=None,
        objective__dropped_at=None,
        **{f"{OF}__state__in": ALIVE},
    )
    if not window.with_done:
        actions = actions.filter(done_at=None)
    return duty_rows(
        actions,
        window,
        kind=DO,
        person="owner",
        subject=Value(""),
        page=OF,
        asked_at="given_at",
        due_at="due_at",
        school=f"{OF}__school",
        alliance=f"{OF}__alliance",
        mail_sender=f"{OF}__alliance__name",
        goes_up_to=f"{OF}__director",
        done_at="done_at",
    )


def _plan_url(duty: Duty) -> str:
    return address("progress:plan_detail", int(duty.page))


TEN_DAYS = "5pm on the tenth school day after the plan is begun, or changed by the other school"
AGREE = "Agree to the plan of a support programme, or change it"
PLANS = (
    kind_of(
        AGREE_SCHOOL,
        "Agree to the plan for the supported school",
        TEN_DAYS,
        _of_school,
        AGREE,
        _plan_url,
    ),
    kind_of(
        AGREE_SUPPORTER,
        "Agree to the plan for the supporting school",
        TEN_DAYS,
        _of_supporter,
        AGREE,
        _plan_url,
        beside=HELPS,
    ),
    kind_of(
        DO,
        "Do your action of a plan",
        "5pm on the day that the action gives",
        _to_do,
        "Do your action of a plan",
        _plan_url,
        beside=PANEL,
    ),
)
