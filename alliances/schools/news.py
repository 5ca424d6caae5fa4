"""News of one's own schools: who holds a new post there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NewsItem, NewsKind, NewsWindow, news_rows

POST = "schools.post"


def _new_posts(window: NewsWindow) -> QuerySet[Any, Any]:
    person: Any = window.person
    own = SchoolPost.objects.on(window.today).filter(person=person).values("school")
    posts = SchoolPost.objects.on(window.today).filter(
        school__in=own, starts_on__gte=window.since, person__is_active=True
    )
    return news_rows(
        posts.exclude(person=person),
        kind=POST,
        title="person__name",
        what="kind",
        detail="school__name",
        page="school__urn",
        on="starts_on",
    )


def _line(item: NewsItem) -> str:
    return f"has a new post at {item.detail}: {SchoolPost.Kind(item.what).label.lower()}."


NEWS = (
    NewsKind(
        POST, _new_posts, _line, lambda item: address("schools:school_people", int(item.page))
    ),
)
