"""Schools, and who holds a post in them, among what the search of the portal finds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from alliances.schools.models import School, SchoolPost
from alliances.schools.permissions import posts_seen
from partnership.people.models import Person
from partnership.toolkit.registers import Found, SearchKind

POST = Case(*[When(kind=kind, then=Value(kind.label)) for kind in SchoolPost.Kind])


def schools_seen(person: Person, _on: date) -> QuerySet[School, Any]:
    """The register is open to whoever signs in."""
    return School.objects.visible_to(person)


def posts_held(person: Person, on: date) -> QuerySet[SchoolPost, Any]:
    """Who holds which post today, as far as she may see it."""
    return posts_seen(person, on).on(on)


def _url(found: Found) -> str:
    return reverse("schools:school_detail", args=[found.page])


SEARCH = (
    SearchKind(
        key="school",
        words="Schools",
        rows=schools_seen,
        column="search_text",
        title="name",
        line=Concat("town", Value(", URN "), Cast("urn", CharField())),
        page="urn",
        url=_url,
        is_vast=True,
    ),
    SearchKind(
        key="school_post",
        words="People in schools",
        rows=posts_held,
        column="person__search_name",
        title="person__name",
        line=Concat(POST, Value(", "), "school__name"),
        page="school__urn",
        url=_url,
        is_vast=True,
    ),
)
