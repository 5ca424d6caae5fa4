"""What is owed at the end and after it: final views, sustain checks, a look back at the impact."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow
from support.programmes.duties.rows import HELPS, SUPPORTED, SUPPORTING
from support.programmes.models import Programme, Side
from support.progress.duties.heads import beside_heads, kind_of, owed_by_heads
from support.progress.models import FinalView

FINAL_SCHOOL = "progress.final_school"
FINAL_SUPPORTER = "progress.final_supporter"
SUSTAIN = "progress.sustain"
CHECKBACK = "progress.checkback"
State = Programme.State


def _final_views(window: DutyWindow, kind: str, way: str, side: Side) -> QuerySet[Any, Any]:
    rows = beside_heads(window, way, "ending", "opened_at", "due_at", states=[State.OPEN])
    given = FinalView.objects.filter(
        programme=OuterRef("programme_id"), side=side, given_at__isnull=False
    )
    rows = rows.annotate(view_given_at=Subquery(given.values("given_at")[:1]))
    done = {"asked_at": "thing_opened_at", "due_at": "thing_due_at", "done_at": "view_given_at"}
    return owed_by_heads(rows, window, kind=kind, **done)


def _of_school(window: DutyWindow) -> QuerySet[Any, Any]:
    return _final_views(window, FINAL_SCHOOL, SUPPORTED, Side.SCHOOL)


def _of_supporter(window: DutyWindow) -> QuerySet[Any, Any]:
    return _final_views(window, FINAL_SUPPORTER, SUPPORTING, Side.SUPPORTER)


def _checks(window: DutyWindow) -> QuerySet[Any, Any]:
    moments = ("due_at", "given_at")
    rows = beside_heads(window, SUPPORTED, "sustain_checks", *moments, states=[State.FOLLOWED])
    ended: dict[str, Any] = {"support_ended_at": _closed_at()}
    rows = rows.annotate(**ended)
    done = {"asked_at": "support_ended_at", "due_at": "thing_due_at", "done_at": "thing_given_at"}
    return owed_by_heads(rows, window, kind=SUSTAIN, **done)


def _closed_at() -> Subquery:
    programmes = Programme.objects.filter(pk=OuterRef("programme_id")).order_by()
    return Subquery(programmes.values("ending__closed_at")[:1])


def _checkbacks(window: DutyWindow) -> QuerySet[Any, Any]:
    moments = ("closed_at", "checkback_by", "checkback_given_at")
    rows = beside_heads(window, SUPPORTED, "ending", *moments, states=[State.FOLLOWED])
    wanted: dict[str, Any] = {"thing_checkback_by__isnull": False}
    done = {
        "asked_at": "thing_closed_at",
        "due_at": "thing_checkback_by",
        "done_at": "thing_checkback_given_at",
    }
    return owed_by_heads(rows.filter(**wanted), window, kind=CHECKBACK, **done)


def _end_url(duty: Duty) -> str:
    return address("progress:end_detail", int(duty.page))


TEN_DAYS = "5pm on the tenth school day after the final review opens"
LOOK_BACK = "Look back at the whole of a support programme"
ENDINGS = (
    kind_of(
        FINAL_SCHOOL,
        "Give the supported school’s final view",
        TEN_DAYS,
        _of_school,
        LOOK_BACK,
        _end_url,
    ),
    kind_of(
        FINAL_SUPPORTER,
        "Give the supporting school’s final view",
        TEN_DAYS,
        _of_supporter,
        LOOK_BACK,
        _end_url,
        beside=HELPS,
    ),
    kind_of(
        SUSTAIN,
        "Check whether it lasts",
        "5pm on the last day of the first and of the second term after the support",
        _checks,
        "Say whether it lasts",
        _end_url,
        offsets=(-14, -3, 2),
    ),
    kind_of(
        CHECKBACK,
        "Look back at the impact of support",
        "90 days after the terms of support end",
        _checkbacks,
        "Say what the support changed",
        _end_url,
        offsets=(-14, -3, 2),
    ),
)
