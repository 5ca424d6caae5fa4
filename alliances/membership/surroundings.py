"""What stands around an alliance: other alliances, partners outside schools, titles of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, CharField, Q, QuerySet, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce

from alliances.membership.models import Alliance, AllianceLink, AlliancePost, Partner
from partnership.toolkit.statements import answer

NOTHING = Value("", output_field=CharField())


@dataclass(frozen=True)
class Linked:
    """Another alliance, or a network outside the portal, and what it is to this one."""

    pk: int
    words: str
    name: str
    slug: str
    starts_on: date | None


@dataclass(frozen=True)
class Outside:
    """A partner outside schools."""

    name: str
    organisation: str
    brings: str


@dataclass(frozen=True)
class Around:
    """All that stands around an alliance on a day."""

    links: list[Linked]
    partners: list[Outside]


def _rows(*, alliance: Alliance, on: date) -> QuerySet[Any, Any]:
    is_mine = ExpressionWrapper(Q(alliance=alliance), output_field=BooleanField())
    links = AllianceLink.objects.of(alliance).annotate(is_mine=is_mine)
    partners = Partner.objects.on(on).filter(alliance=alliance)
    return links.values_list(
        "pk",
        "kind",
        "is_mine",
        "alliance__name",
        "alliance__slug",
        Coalesce("other__name", "name"),
        Coalesce("other__slug", NOTHING),
        "starts_on",
    ).union(
        partners.values_list(
            "pk",
            NOTHING,
            Value(True, output_field=BooleanField()),  # noqa: FBT003 a column
            "organisation",
            NOTHING,
            "name",
            "brings",
            "starts_on",
        ),
        all=True,
    )


def around(alliance: Alliance, today: date) -> Around:
    """Its links in the order of their words and its partners by name."""
    links, partners = [], []
    for pk, kind, is_mine, name, slug, other, other_slug, starts_on in answer(
        _rows, alliance=alliance, on=today
    ):
        if not kind:
            words = str(Partner.Organisation(name).label)
            partners.append(Outside(other, words, other_slug))
            continue
        is_coming = starts_on is not None and starts_on > today
        words = AllianceLink.words_of(kind, is_mine=is_mine, is_coming=is_coming)
        there = (other, other_slug) if is_mine else (name, slug)
        links.append(Linked(pk, words, *there, starts_on))
    return Around(
        sorted(links, key=lambda link: (link.words, link.name)),
        sorted(partners, key=lambda partner: partner.name),
    )


def with_titles(posts: list[Any]) -> list[Any]:
    """The posts, each with what it is called: of several chairs each is a co-chair."""
    chairs = sum(post.kind == AlliancePost.Kind.CHAIR for post in posts)
    for post in posts:
        is_shared = post.kind == AlliancePost.Kind.CHAIR and chairs > 1
        post.title = "Co-chair" if is_shared else post.get_kind_display()
    return posts
