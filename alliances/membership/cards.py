"""Panels: a school's alliances on its page, a person's own alliances and posts on her desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Value
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


def _posts_around(*, person: Person, on: date) -> QuerySet[Any, Any]:
    """Her posts in alliances, and those in schools that belong to one; all in one SELECT."""
    in_alliances = AlliancePost.objects.on(on).filter(person=person)
    through = "school__memberships__"
    in_schools = SchoolPost.objects.on(on).filter(
        holding(on, through), school__memberships__isnull=False, person=person
    )
    rows = _as_columns(in_alliances, "alliance__", is_of_school=False).union(
        _as_columns(in_schools, f"{through}alliance__", is_of_school=True), all=True
    )
    return rows.order_by("own_name", "is_of_school", "own_pk")


def _as_columns(
    posts: QuerySet[Any], through: str, *, is_of_school: bool
) -> QuerySet[Any, tuple[Any, ...]]:
    named = posts.annotate(
        own_name=F(f"{through}name"),
        own_slug=F(f"{through}slug"),
        is_of_school=Value(is_of_school),
        own_kind=F("kind"),
        own_pk=F("pk"),
    )
    return named.values_list("own_name", "own_slug", "is_of_school", "own_kind", "own_pk")


def alliances_of_school(_person: Person, school: School, now: datetime) -> Card | None:
    """Which alliances a school belongs to today, and since when."""
    today = timezone.localdate(now)
    memberships = answer(_memberships_of, school=school, on=today)
    if not memberships:
        return None
    return Card("membership/includes/_school_alliances.html", {"memberships": memberships})


def own_alliances(person: Person, _thing: None, now: datetime) -> Card | None:
    """The alliances that a person belongs to today, with her posts; one query for any number."""
    today = timezone.localdate(now)
    found: dict[str, OwnAlliance] = {}
    for name, slug, is_of_school, kind, _pk in answer(_posts_around, person=person, on=today):
        kinds = SchoolPost.Kind if is_of_school else AlliancePost.Kind
        _own(found, name, slug).posts.append(str(kinds(kind).label))
    if not found:
        return None
    alliances = list(found.values())
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
