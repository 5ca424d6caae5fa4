"""Schools among what the search of the portal finds."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from alliances.schools.models import School
from partnership.people.models import Person
from partnership.toolkit.registers import Found, SearchKind, search_rows


def schools_found(person: Person, words: str) -> QuerySet[Any, Any]:
    """Schools by name, URN, postcode and town; those whose name begins so come first."""
    rank = Case(When(search_text__startswith=words, then=0), default=1, output_field=IntegerField())
    return search_rows(
        School.objects.visible_to(person).matching(words),
        kind="school",
        title="name",
        line=Concat("town", Value(", URN "), Cast("urn", CharField())),
        rank=rank,
        page="urn",
    )


def _url(found: Found) -> str:
    return reverse("schools:school_detail", args=[found.page])


SEARCH = (SearchKind(key="school", words="School", rows=schools_found, url=_url),)
