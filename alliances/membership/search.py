"""Alliances among what the search of the portal finds."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When
from django.urls import reverse

from alliances.membership.models import Alliance
from partnership.people.models import Person
from partnership.toolkit.registers import Found, SearchKind, search_rows


def alliances_found(person: Person, words: str) -> QuerySet[Any, Any]:
    """Alliances by name and area; those whose name begins so come first."""
    rank = Case(When(search_text__startswith=words, then=0), default=1, output_field=IntegerField())
    return search_rows(
        Alliance.objects.visible_to(person).matching(words),
        kind="alliance",
        title="name",
        line="area",
        rank=rank,
        page="slug",
    )


def _url(found: Found) -> str:
    return reverse("membership:alliance_detail", args=[found.page])


SEARCH = (SearchKind(key="alliance", words="Alliance", rows=alliances_found, url=_url),)
