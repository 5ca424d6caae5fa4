"""News: what happened lately around a person, day by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from partnership.toolkit.registers.columns import joined, text
from partnership.toolkit.registers.finding import Somebody, gather
from partnership.toolkit.statements import answer


class NewsItem(NamedTuple):
    """Something that happened; `what` tells apart what may happen to one kind of thing."""

    kind: str
    thing_id: int
    what: str
    title: str
    detail: str
    page: str
    on: date

    @property
    def spec(self) -> NewsKind:
        """Its kind, with its words."""
        return news_kinds()[self.kind]

    @property
    def line(self) -> str:
        """What happened, after the title."""
        return self.spec.line(self)

    @property
    def url(self) -> str:
        """The page of the thing."""
        return self.spec.url(self)


NEWS_COLUMNS = tuple(f"news_{name}" for name in NewsItem._fields)


@dataclass(frozen=True)
class NewsWindow:
    """Whose news, from which day until today; `since_at` is the day's first moment."""

    person: Somebody
    since: date
    today: date
    since_at: datetime


@dataclass(frozen=True)
class NewsKind:
    """One kind of news; `rows` gives a QuerySet made by `news_rows`, narrowed to her sight."""

    key: str
    rows: Callable[[NewsWindow], QuerySet[Any, Any]]
    line: Callable[[NewsItem], str]
    url: Callable[[NewsItem], str]


def news_rows(
    rows: QuerySet[Any],
    *,
    kind: str,
    title: str | Combinable,
    on: str | Combinable,
    what: str | Combinable | None = None,
    detail: str | Combinable | None = None,
    page: str | Combinable = "pk",
) -> QuerySet[Any, Any]:
    """A room's rows as news; what is named is a field path of the rows."""
    return rows.annotate(
        news_kind=Value(kind, output_field=TextField()),
        news_thing_id=Cast(F("pk"), BigIntegerField()),
        news_what=text(Value("") if what is None else what),
        news_title=text(title),
        news_detail=text(Value("") if detail is None else detail),
        news_page=text(page),
        news_on=F(on) if isinstance(on, str) else on,
    ).values_list(*NEWS_COLUMNS)


@cache
def news_kinds() -> dict[str, NewsKind]:
    """Every room's kinds of news by key."""
    return {kind.key: kind for kind in gather("news", "NEWS")}


def news(window: NewsWindow, *, limit: int) -> list[NewsItem]:
    """What happened around a person in the window, the latest day first, in one SELECT."""
    kinds = tuple(news_kinds().values())
    return [NewsItem(*row) for row in answer(_happened, limit, kinds, **vars(window))]


def _happened(limit: int, kinds: tuple[NewsKind, ...], **told: Any) -> QuerySet[Any, Any]:
    rows = joined([kind.rows(NewsWindow(**told)) for kind in kinds])
    return rows.order_by("-news_on", "news_kind", "-news_thing_id")[:limit]
