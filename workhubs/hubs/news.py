"""News of one's own workhubs: schools that joined."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NewsItem, NewsKind, NewsWindow, news_rows
from workhubs.hubs.models import WorkhubSchool, WorkhubYear

JOINED = "hubs.joined"


def _joined(window: NewsWindow) -> QuerySet[Any, Any]:
    """Schools that joined lately where she leads or her school takes part."""
    person: Any = window.person
    schools = SchoolPost.objects.on(window.today).filter(person=person).values("school")
    places = WorkhubSchool.objects.joined(on=window.today)
    led = WorkhubYear.objects.filter(lead=person).values("pk")
    hers = led.union(places.filter(school__in=schools).values("workhub_year"), all=True)
    return news_rows(
        places.filter(workhub_year__in=hers, joined_on__gte=window.since),
        kind=JOINED,
        title="school__name",
        detail="workhub_year__workhub__name",
        page="workhub_year__workhub__slug",
        on="joined_on",
    )


def _line(item: NewsItem) -> str:
    return f"has joined the workhub {item.detail}."


NEWS = (NewsKind(JOINED, _joined, _line, lambda item: address("hubs:workhub_detail", item.page)),)
