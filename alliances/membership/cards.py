"""Panels: a school's alliances on its page, a person's own alliances and posts on her desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from alliances.membership.models import AlliancePost, Membership, holding
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind


@dataclass
class OwnAlliance:
    """One of a person's alliances, with what she is in it."""

    name: str
    address: str
    posts: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Her posts, each said once."""
        return "; ".join(dict.fromkeys(self.posts))


def alliances_of_school(_person: Person, school: School, now: datetime) -> Card | None:
    """Which alliances a school belongs to today, and since when."""
    today = timezone.localdate(now)
    memberships = list(
        Membership.objects.on(today)
        .filter(school=school)
        .select_related("alliance")
        .order_by("alliance__name", "pk")
    )
    if not memberships:
        return None
    return Card("membership/includes/_school_alliances.html", {"memberships": memberships})


def own_alliances(person: Person, _thing: None, now: datetime) -> Card | None:
    """The alliances that a person belongs to today, with her posts; two queries for any number."""
    today = timezone.localdate(now)
    found: dict[str, OwnAlliance] = {}
    posts = AlliancePost.objects.on(today).filter(person=person).order_by("alliance__name", "pk")
    for name, slug, kind in posts.values_list("alliance__name", "alliance__slug", "kind"):
        _own(found, name, slug).posts.append(str(AlliancePost.Kind(kind).label))
    school_posts = (
        SchoolPost.objects.on(today)
        .filter(holding(today, "school__memberships__"), school__memberships__isnull=False)
        .filter(person=person)
        .order_by("school__memberships__alliance__name", "pk")
        .values_list(
            "school__memberships__alliance__name", "school__memberships__alliance__slug", "kind"
        )
    )
    for name, slug, kind in school_posts:
        _own(found, name, slug).posts.append(str(SchoolPost.Kind(kind).label))
    if not found:
        return None
    alliances = sorted(found.values(), key=lambda each: each.name)
    return Card("membership/includes/_own_alliances.html", {"alliances": alliances})


def _own(found: dict[str, OwnAlliance], name: str, slug: str) -> OwnAlliance:
    address = reverse("membership:alliance_detail", args=[slug])
    return found.setdefault(slug, OwnAlliance(name, address))


CARDS = (
    CardKind(key="school_alliances", place="school", card=alliances_of_school),
    CardKind(key="own_alliances", place="desk", card=own_alliances),
)
