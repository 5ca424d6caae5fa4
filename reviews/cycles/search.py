"""Cycles of review days that words find, for those who have a part in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import SearchKind
from reviews.cycles.models import Cycle


def cycles_seen(person: Person, on: date) -> QuerySet[Cycle, Any]:
    """Those in which she has a part, found by name, year and alliance; for others they don't exist."""
    text = Concat("search_name", Value(" "), "alliance__search_text", output_field=TextField())
    return Cycle.objects.visible_to(person, on=on).annotate(cycle_text=text)


SEARCH = (
    SearchKind(
        key="cycles.cycle",
        words="Review days",
        rows=cycles_seen,
        column="cycle_text",
        title="name",
        line="alliance__name",
        url=lambda found: address("cycles:cycle_detail", found.thing_id),
    ),
)
