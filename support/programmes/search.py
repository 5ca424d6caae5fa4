"""Programmes that words find, for those who have a part in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import SearchKind
from support.programmes.models import Programme


def programmes_seen(person: Person, on: date) -> QuerySet[Programme, Any]:
    """Those in which she has a part; for everybody else they don't exist."""
    return Programme.objects.visible_to(person, on=on)


SEARCH = (
    SearchKind(
        key="programmes.programme",
        words="Support programmes",
        rows=programmes_seen,
        column="school__search_text",
        title="school__name",
        line="area__name",
        url=lambda found: address("programmes:programme_detail", found.thing_id),
    ),
)
