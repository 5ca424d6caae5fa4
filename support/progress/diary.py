"""Visits and placements in the diaries of those whom they concern; no entry names a school."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from alliances.schools.models import Delegation, SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DiaryEntry, DiaryKind, DiaryWindow, diary_rows, text
from support.progress.models import Held, Placement, Visit

VISIT, PLACEMENT = "progress.visit", "progress.placement"
WORDS, MARK = "Visit", "visit"


def _headed(window: DiaryWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    return SchoolPost.objects.on(window.on).of_heads().filter(person=person).values("school")


def _acting(window: DiaryWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    held = Delegation.objects.held_by(person, Delegation.Kind.SUPPORT, on=window.on)
    return held.values("school")


def _shown(rows: QuerySet[Any], window: DiaryWindow) -> QuerySet[Any]:
    """None of it belongs to a circle; what is called off is for calendars that follow."""
    if window.circle_id is not None:
        rows = rows.filter(pk=None)
    return rows if window.with_cancelled else rows.exclude(state=Held.CANCELLED)


def _visits(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To whoever comes, and to the supported head and who acts for her."""
    person: Any = window.person
    schools = Q(programme__school__in=_headed(window)) | Q(programme__school__in=_acting(window))
    concerning = Visit.objects.filter(Q(visitor=person) | schools)
    return diary_rows(
        _shown(concerning, window),
        window,
        kind=VISIT,
        title=Value("Support visit"),
        page=Concat(text("programme"), text(Value("/")), text("pk")),
        **_columns(),
    )


def _placements(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To both heads, and who acts for the one that sends somebody."""
    headed = _headed(window)
    schools = Q(programme__school__in=headed) | Q(programme__school__in=_acting(window))
    concerning = Placement.objects.filter(Q(host__in=headed) | schools)
    return diary_rows(
        _shown(concerning, window),
        window,
        kind=PLACEMENT,
        title=Value("Placement of a colleague"),
        **_columns(),
    )


def _columns() -> dict[str, Any]:
    return {
        "starts_at": "starts_at",
        "ends_at": "ends_at",
        "state": "state",
        "alliance": "programme__alliance",
        "alliance_name": "programme__alliance__name",
        "sequence": "sequence",
        "version": "version",
        "changed_at": F("changed_at"),
    }


def _visit_url(entry: DiaryEntry) -> str:
    programme, _slash, visit = entry.page.partition("/")
    return address("progress:visit_detail", int(programme), int(visit))


def _placement_url(entry: DiaryEntry) -> str:
    return address("progress:placement_detail", int(entry.page))


DIARY = (
    DiaryKind(VISIT, WORDS, MARK, _visits, _visit_url),
    DiaryKind(PLACEMENT, WORDS, MARK, _placements, _placement_url),
)
