"""Where the three views of a term differ and nobody has said yet what came of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from alliances.membership.models import Alliance
from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from support.programmes.models import Programme
from support.progress.models import TermReview

SHOWN = 15
COLUMNS = (
    "programme_id",
    "term",
    "talk_by",
    "programme__school__name",
    "programme__area__name",
    "programme__director__name",
)


@dataclass(frozen=True)
class Difference:
    """A review with the address of its programme, and whether its conversation is overdue."""

    row: Any
    address: str
    is_late: bool


@dataclass(frozen=True)
class Differing:
    """Reviews that wait for a conversation, the first ones of them."""

    rows: list[Difference]
    has_more: bool


def _differing(*, alliance: Alliance) -> QuerySet[TermReview, Any]:
    shown = TermReview.objects.filter(
        programme__alliance=alliance,
        programme__state__in=(Programme.State.OPEN, Programme.State.FOLLOWED),
        shown_at__isnull=False,
        differs=True,
        talked_at=None,
    )
    order = (F("talk_by").asc(nulls_last=True), "pk")
    return shown.order_by(*order).values_list(*COLUMNS, named=True)[: SHOWN + 1]


def ratings_that_differ(alliance: Alliance, now: datetime) -> Differing:
    """Each such review, and whether the conversation is overdue; the longest overdue first."""
    rows = answer(_differing, alliance=alliance)
    shown = [
        Difference(
            row=row,
            address=address("programmes:programme_detail", row.programme_id),
            is_late=row.talk_by is not None and row.talk_by < now,
        )
        for row in rows[:SHOWN]
    ]
    return Differing(shown, has_more=len(rows) > SHOWN)
