"""Alliances, and who holds a post in them, among what the search of the portal finds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from alliances.membership.models import Alliance, AlliancePost
from partnership.people.models import Person
from partnership.toolkit.registers import Found, SearchKind

POST = Case(*[When(kind=kind, then=Value(kind.label)) for kind in AlliancePost.Kind])


def alliances_seen(person: Person, _on: date) -> QuerySet[Alliance, Any]:
    """What alliances say of themselves is open to whoever signs in."""
    return Alliance.objects.visible_to(person)


def posts_seen(person: Person, on: date) -> QuerySet[AlliancePost, Any]:
    """Who holds a post in an alliance is told to its own people and to portal staff."""
    if not person.is_active:
        return AlliancePost.objects.none()
    posts = AlliancePost.objects.on(on)
    if person.is_staff:
        return posts
    return posts.filter(alliance__in=Alliance.objects.of_person(person, on=on))


def _url(found: Found) -> str:
    return reverse("membership:alliance_detail", args=[found.page])


SEARCH = (
    SearchKind(
        key="alliance",
        words="Alliances",
        rows=alliances_seen,
        column="search_text",
        title="name",
        line="area",
        page="slug",
        url=_url,
    ),
    SearchKind(
        key="alliance_post",
        words="People in alliances",
        rows=posts_seen,
        column="person__search_name",
        title="person__name",
        line=Concat(POST, Value(", "), "alliance__name"),
        page="alliance__slug",
        url=_url,
    ),
)
