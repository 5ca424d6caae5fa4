"""Workhubs that words find."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import SearchKind
from workhubs.hubs.models import Workhub


def workhubs_seen(person: Person, on: date) -> QuerySet[Workhub, Any]:
    """Workhubs of her alliances."""
    return Workhub.objects.visible_to(person, on=on)


SEARCH = (
    SearchKind(
        key="hubs.workhub",
        words="Workhubs",
        rows=workhubs_seen,
        column="search_name",
        title="name",
        line="alliance__name",
        page="slug",
        url=lambda found: address("hubs:workhub_detail", found.page),
    ),
)
