"""Search: things that words find, already narrowed to what a person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from partnership.toolkit.registers.columns import joined, text
from partnership.toolkit.registers.finding import Somebody, gather


class Found(NamedTuple):
    """One thing that a search found and that the person may see."""

    kind: str
    thing_id: int
    title: str
    page: str
    line: str
    rank: int

    @property
    def spec(self) -> SearchKind:
        """Its kind, with its words and address."""
        return search_kinds()[self.kind]

    @property
    def url(self) -> str:
        """The page of the thing."""
        return self.spec.url(self)


SEARCH_COLUMNS = tuple(f"found_{name}" for name in Found._fields)


@dataclass(frozen=True)
class SearchKind:
    """One kind of searchable thing; `rows` takes the person and the folded words."""

    key: str
    words: str
    rows: Callable[[Any, str], QuerySet[Any, Any]]
    url: Callable[[Found], str]


def search_rows(
    rows: QuerySet[Any],
    *,
    kind: str,
    title: str | Combinable,
    line: str | Combinable,
    rank: Combinable,
    page: str | Combinable = "pk",
) -> QuerySet[Any, Any]:
    """A room's rows, already narrowed to what the person may see, as things found."""
    return rows.annotate(
        found_kind=Value(kind, output_field=TextField()),
        found_thing_id=Cast(F("pk"), BigIntegerField()),
        found_title=text(title),
        found_page=text(page),
        found_line=text(line),
        found_rank=Cast(rank, BigIntegerField()),
    ).values_list(*SEARCH_COLUMNS)


@cache
def search_kinds() -> dict[str, SearchKind]:
    """Every room's kinds of searchable thing by key."""
    return {kind.key: kind for kind in gather("search", "SEARCH")}


def search(person: Somebody, words: str, *, limit: int) -> list[Found]:
    """What the person may see of what the folded words find, best first, in one SELECT."""
    parts = joined([kind.rows(person, words) for kind in search_kinds().values()])
    rows = parts.order_by("found_rank", "found_title", "found_kind", "found_thing_id")
    return [Found(*row) for row in rows[:limit]]
