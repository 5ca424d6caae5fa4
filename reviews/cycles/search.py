"""Cycles of review days that words find, for those who have a part in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import SearchKind
from reviews.cycles.models import Cycle


def cycles_seen(person: Person, on: date) -> QuerySet[Cycle, Any]:
    """Those in which she has a part; for everybody else they don't exist."""
    return Cycle.objects.visible_to(person, on=on)


SEARCH = (
    SearchKind(
        key="cycles.cycle",
        words="Review days",
        rows=cycles_seen,
        column="search_text",
        title="name",
        line="alliance__name",
        url=lambda found: address("cycles:cycle_detail", found.thing_id),
    ),
)
