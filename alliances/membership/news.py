"""News of one's own alliances: schools that joined, and who holds a new post there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.membership.models import Alliance, AlliancePost, Membership
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NewsItem, NewsKind, NewsWindow, news_rows

JOINED = "membership.joined"
POST = "membership.post"


def _joined(window: NewsWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    memberships = Membership.objects.on(window.today).filter(
        alliance__in=Alliance.objects.of_person(person, on=window.today).values("pk"),
        starts_on__gte=window.since,
    )
    return news_rows(
        memberships,
        kind=JOINED,
        title="school__name",
        detail="alliance__name",
        page="alliance__slug",
        on="starts_on",
    )


def _new_posts(window: NewsWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    posts = AlliancePost.objects.on(window.today).filter(
        alliance__in=Alliance.objects.of_person(person, on=window.today).values("pk"),
        starts_on__gte=window.since,
        person__is_active=True,
    )
    return news_rows(
        posts.exclude(person=person),
        kind=POST,
        title="person__name",
        what="kind",
        detail="alliance__name",
        page="alliance__slug",
        on="starts_on",
    )


def _post_line(item: NewsItem) -> str:
    return f"has a new post in {item.detail}: {AlliancePost.Kind(item.what).label.lower()}."


NEWS = (
    NewsKind(
        JOINED,
        _joined,
        lambda item: f"has joined {item.detail}.",
        lambda item: address("membership:alliance_detail", item.page),
    ),
    NewsKind(
        POST,
        _new_posts,
        _post_line,
        lambda item: address("membership:alliance_people", item.page),
    ),
)
