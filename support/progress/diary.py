"""Visits and placements in the diaries of those whom they concern; no entry names a school."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value
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


def _either(
    of: type[Visit] | type[Placement], window: DiaryWindow, *ways: dict[str, Any]
) -> QuerySet[Any]:
    """Those that concern her in one way or another, each way found along an index of its own."""
    every: Any = of.objects.order_by()
    span = {"starts_at__gte": window.starts_from, "starts_at__lt": window.starts_until}
    first, *rest = (every.filter(**way, **span).values("pk") for way in ways)
    found: QuerySet[Any] = every.filter(pk__in=first.union(*rest, all=True))
    return found


def _shown(rows: QuerySet[Any], window: DiaryWindow) -> QuerySet[Any]:
    """None of it belongs to a circle; what is called off is for calendars that follow."""
    if window.circle_id is not None:
        rows = rows.filter(pk=None)
    return rows if window.with_cancelled else rows.exclude(state=Held.CANCELLED)


def _visits(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To whoever comes, and to the supported head and who acts for her."""
    person: Any = window.person
    concerning = _either(
        Visit,
        window,
        {"visitor": person},
        {"programme__school__in": _headed(window)},
        {"programme__school__in": _acting(window)},
    )
    return diary_rows(
        _shown(concerning, window),
        window,
        kind=VISIT,
        title=Value("Support visit"),
        page=Concat(text("programme"), text(Value("/")), text("pk")),
        **_columns(),
    )


def _placements(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To the sending head and who acts for her, and to the host’s once she has agreed."""
    concerning = _either(
        Placement,
        window,
        {"host__in": _headed(window), "host_agreed_at__isnull": False},
        {"programme__school__in": _headed(window)},
        {"programme__school__in": _acting(window)},
    )
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
