"""Workhubs that words find."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from partnership.people.models import Person
from partnership.toolkit.registers import SearchKind, search_rows
from workhubs.hubs.models import Workhub


def workhubs_found(person: Person, words: str) -> QuerySet[Any, Any]:
    """Workhubs that she may see with all the words in their names."""
    rows = Workhub.objects.visible_to(person, on=timezone.localdate())
    for word in words.split():
        rows = rows.filter(search_name__contains=word)
    return search_rows(
        rows,
        kind="hubs.workhub",
        title="name",
        line="alliance__name",
        rank=Case(When(search_name__startswith=words, then=Value(0)), default=Value(1)),
        page="slug",
    )


SEARCH = (
    SearchKind(
        key="hubs.workhub",
        words="Workhub",
        rows=workhubs_found,
        url=lambda found: reverse("hubs:workhub_detail", args=[found.page]),
    ),
)
