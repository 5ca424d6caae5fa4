"""Panels: a school's alliances on its page, a person's own alliances and posts on her desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from alliances.membership.models import AlliancePost, Membership, PublicPage, holding
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer

MOST_PUBLIC = 30


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


def _memberships_of(*, school: School, on: date) -> QuerySet[Membership]:
    memberships = Membership.objects.on(on).filter(school=school)
    return memberships.select_related("alliance").order_by("alliance__name", "pk")


def _posts_in_alliances(*, person: Person, on: date) -> QuerySet[AlliancePost, Any]:
    posts = AlliancePost.objects.on(on).filter(person=person).order_by("alliance__name", "pk")
    return posts.values_list("alliance__name", "alliance__slug", "kind")


def _posts_in_member_schools(*, person: Person, on: date) -> QuerySet[SchoolPost, Any]:
    through = "school__memberships__"
    posts = SchoolPost.objects.on(on).filter(
        holding(on, through), school__memberships__isnull=False
    )
    ordered = posts.filter(person=person).order_by(f"{through}alliance__name", "pk")
    return ordered.values_list(f"{through}alliance__name", f"{through}alliance__slug", "kind")


def alliances_of_school(_person: Person, school: School, now: datetime) -> Card | None:
    """Which alliances a school belongs to today, and since when."""
    today = timezone.localdate(now)
    memberships = answer(_memberships_of, school=school, on=today)
    if not memberships:
        return None
    return Card("membership/includes/_school_alliances.html", {"memberships": memberships})


def own_alliances(person: Person, _thing: None, now: datetime) -> Card | None:
    """The alliances that a person belongs to today, with her posts; two queries for any number."""
    today = timezone.localdate(now)
    found: dict[str, OwnAlliance] = {}
    for name, slug, kind in answer(_posts_in_alliances, person=person, on=today):
        _own(found, name, slug).posts.append(str(AlliancePost.Kind(kind).label))
    for name, slug, kind in answer(_posts_in_member_schools, person=person, on=today):
        _own(found, name, slug).posts.append(str(SchoolPost.Kind(kind).label))
    if not found:
        return None
    alliances = sorted(found.values(), key=lambda each: each.name)
    return Card("membership/includes/_own_alliances.html", {"alliances": alliances})


def _own(found: dict[str, OwnAlliance], name: str, slug: str) -> OwnAlliance:
    return found.setdefault(slug, OwnAlliance(name, address("membership:alliance_detail", slug)))


def _public_pages() -> QuerySet[PublicPage]:
    pages = PublicPage.objects.open().select_related("alliance")
    return pages.order_by("alliance__name", "pk")[:MOST_PUBLIC]


def public_alliances(_person: Any, _thing: None, _now: datetime) -> Card | None:
    """The alliances whose public page is open, on the public front."""
    pages = answer(_public_pages)
    return Card("membership/includes/_public_alliances.html", {"pages": pages}) if pages else None


CARDS = (
    CardKind(key="school_alliances", place="school", card=alliances_of_school),
    CardKind(key="own_alliances", place="desk", card=own_alliances),
    CardKind(key="public_alliances", place="front", card=public_alliances),
)
