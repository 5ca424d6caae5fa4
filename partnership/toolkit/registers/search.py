"""Search: things that words find, already narrowed to what a person may see.

A room says what may be found and by which folded column; the reader asks all rooms at once, for
a few rows of each kind, those first whose text begins so. A short word with one slip is taken for
the word that it was meant to be; where PostgreSQL is, trigrams find longer ones spelt nearly so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, product
from typing import Any, NamedTuple

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from partnership.toolkit.registers import spelling
from partnership.toolkit.registers.columns import joined, text
from partnership.toolkit.registers.finding import Somebody, gather
from partnership.toolkit.statements import answer, answer_planned_anew

MOST_WORDS = 8
SHORTEST = 5
CANDIDATES = 1_000
NEAR = 0.4
NEAR_IF_SHORT = 0.3
FINE = 1_000
AS_GOOD_AS_THE_BEST = 150


class Found(NamedTuple):
    """One thing that a search found and that the person may see; the lowest rank is best."""

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
    """One kind of searchable thing.

    `rows` are those that the person may see on a day; `column` is their folded text. Of a vast
    kind those whose text begins so are found apart, along an index: ranking all would be slow.
    """

    key: str
    words: str
    rows: Callable[[Any, date], QuerySet[Any, Any]]
    column: str
    title: str | Combinable
    line: str | Combinable
    url: Callable[[Found], str]
    page: str | Combinable = "pk"
    is_vast: bool = False


@cache
def search_kinds() -> dict[str, SearchKind]:
    """Every room's kinds of searchable thing by key, lower rooms first."""
    return {kind.key: kind for kind in gather("search", "SEARCH")}


def search(
    person: Somebody,
    words: str,
    *,
    limit: int,
    on: date | None = None,
    kinds: Collection[str] = (),
) -> list[Found]:
    """What the person may see of what has all the folded words, best first, in two SELECTs.

    Of each kind at most `limit`, of those kinds that are named or else of all; without a day of
    today's.
    """
    told = {"person": person, "on": on or timezone.localdate(), "phrase": words}
    told |= _numbered(words.split()[:MOST_WORDS])
    vast, others = _asked(kinds)
    rows = answer_planned_anew(_matching, vast, limit, **told) if vast else []
    rows += answer(_matching, others, limit, **told) if others else []
    return _once(rows, limit)


def search_alike(
    person: Somebody,
    words: str,
    *,
    limit: int,
    on: date | None = None,
    kinds: Collection[str] = (),
) -> list[Found]:
    """What the person may see of what is spelt nearly like the folded words, nearest first.

    Words that stand nowhere are taken for those from which they differ by one slip: short ones
    everywhere, longer ones too where no PostgreSQL tells what is alike.
    """
    day = on or timezone.localdate()
    typed = _numbered(words.split()[:MOST_WORDS])
    if max(map(len, typed.values()), default=0) < spelling.SHORTEST:
        return []
    known = _known(person, typed, on=day)
    wrong = {name: word for name, word in typed.items() if word not in known}
    has_trigrams = connection.vendor == "postgresql"
    if not has_trigrams or max(map(len, wrong.values()), default=0) <= SHORTEST:
        found = _meant(person, typed, wrong, limit=limit, on=day, kinds=kinds)
        if found or not has_trigrams:
            return found
    right = {name: word for name, word in typed.items() if word in known}
    wrong = {name: word for name, word in wrong.items() if len(word) >= SHORTEST}
    if not wrong:
        return []
    vast, others = _asked(kinds)
    shape = (*vast, *others), limit, tuple(right)
    with transaction.atomic(), connection.cursor() as cursor:
        nearness = NEAR_IF_SHORT if min(map(len, wrong.values())) == SHORTEST else NEAR
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [nearness])
        told = {"person": person, "on": day, "phrase": words, **right, **wrong}
        rows = answer(_alike, *shape, **told)
    found = _once(rows, limit)
    best = min((each.rank for each in found), default=0)
    return [each for each in found if each.rank <= best + AS_GOOD_AS_THE_BEST]


def _meant(
    person: Somebody,
    typed: dict[str, str],
    wrong: dict[str, str],
    *,
    limit: int,
    on: date,
    kinds: Collection[str],
) -> list[Found]:
    """What has the words that were meant, the likelier first; nothing where one can't be told."""
    if not wrong or min(map(len, wrong.values())) < spelling.SHORTEST:
        return []
    vast = (kind for kind in search_kinds().values() if kind.is_vast)
    texts = [kind.rows(person, on).values_list(kind.column, flat=True) for kind in vast]
    words = spelling.known_words(texts)
    meant = {name: spelling.meant_by(word, words) for name, word in wrong.items()}
    choices = [meant.get(name, [word]) for name, word in typed.items()]
    found: list[Found] = []
    for place, phrase in enumerate(islice(product(*choices), spelling.MOST_MEANT)):
        told = search(person, " ".join(phrase), limit=limit, on=on, kinds=kinds)
        found += [each._replace(rank=each.rank + 2 * place) for each in told]
    return _once(found, limit)


def _known(person: Somebody, words: dict[str, str], *, on: date) -> set[str]:
    """Which of the words stand somewhere among what is vast: those are spelt right."""
    vast = tuple(kind for kind in search_kinds().values() if kind.is_vast)
    return {word for (word,) in answer_planned_anew(_having, vast, person=person, on=on, **words)}


def _having(
    kinds: tuple[SearchKind, ...], *, person: Any, on: date, **words: Any
) -> QuerySet[Any, Any]:
    """The SELECT of `_known`."""
    parts = []
    for kind in kinds:
        rows = kind.rows(person, on)
        for word in words.values():
            one = _kept(rows, rows.filter(**{f"{kind.column}__contains": word}).order_by(), 1)
            parts.append(one.annotate(word=Cast(word, TextField())).values_list("word"))
    return joined(parts)


def _numbered(words: list[str]) -> dict[str, str]:
    return {f"word_{number}": word for number, word in enumerate(words)}


def _asked(kinds: Collection[str]) -> tuple[tuple[SearchKind, ...], tuple[SearchKind, ...]]:
    """The kinds that are asked for: the vast ones, and the others.

    PostgreSQL plans the SELECT of vast ones for the very words, of the others once and for all.
    """
    asked = [kind for key, kind in search_kinds().items() if not kinds or key in kinds]
    vast = tuple(kind for kind in asked if kind.is_vast)
    return vast, tuple(kind for kind in asked if not kind.is_vast)


def _matching(
    kinds: tuple[SearchKind, ...],
    limit: int,
    *,
    person: Any,
    on: date,
    phrase: str,
    **words: str,
) -> QuerySet[Any, Any]:
    """The SELECT of `search`."""
    parts = []
    for kind in kinds:
        rows = kind.rows(person, on)
        begins = {f"{kind.column}__startswith": phrase}
        if kind.is_vast:
            first = rows.filter(**begins).order_by(kind.column, "pk")
            parts.append(_rows_found(kind, _kept(rows, first, limit), Value(0)))
        having = rows
        for word in words.values():
            having = having.filter(**{f"{kind.column}__contains": word})
        rank = Case(When(**begins, then=Value(0)), default=Value(1))
        order = (kind.column, "pk") if kind.is_vast else (rank, kind.column, "pk")
        parts.append(_rows_found(kind, _kept(rows, having.order_by(*order), limit), rank))
    return _best_first(parts)


def _alike(
    kinds: tuple[SearchKind, ...],
    limit: int,
    right: tuple[str, ...],
    *,
    person: Any,
    on: date,
    phrase: Any,
    **words: Any,
) -> QuerySet[Any, Any]:
    """The SELECT of `search_alike`: the right words, and something like each of the others."""
    parts = []
    for kind in kinds:
        rows = kind.rows(person, on)
        near = rows
        for name, word in words.items():
            as_typed = Q((f"{kind.column}__contains", word))
            near = near.filter(
                as_typed if name in right else TrigramWordSimilar(F(kind.column), word)
            )
        likeness = TrigramWordSimilarity(phrase, kind.column)
        distance = Value(FINE) - Cast(likeness * FINE, BigIntegerField())
        found = _rows_found(kind, _kept(rows, near, CANDIDATES), distance)
        parts.append(found.order_by("found_rank", "found_title", "found_thing_id")[:limit])
    return _best_first(parts)


def _kept(rows: QuerySet[Any, Any], narrowed: QuerySet[Any, Any], limit: int) -> QuerySet[Any, Any]:
    """The first of the narrowed rows, as a QuerySet that can stand under others everywhere."""
    return rows.model._default_manager.filter(pk__in=narrowed.values("pk")[:limit])  # noqa: SLF001 Django's public name for the manager


def _best_first(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return joined(parts).order_by("found_rank", "found_title", "found_kind", "found_thing_id")


def _rows_found(kind: SearchKind, rows: QuerySet[Any, Any], rank: Combinable) -> QuerySet[Any, Any]:
    return rows.annotate(
        found_kind=Value(kind.key, output_field=TextField()),
        found_thing_id=Cast(F("pk"), BigIntegerField()),
        found_title=text(kind.title),
        found_page=text(kind.page),
        found_line=text(kind.line),
        found_rank=Cast(rank, BigIntegerField()),
    ).values_list(*SEARCH_COLUMNS)


def _once(rows: list[Any], limit: int) -> list[Found]:
    """Each thing once, best first, of each kind at most so many."""
    once: dict[tuple[str, int], Found] = {}
    of_kind: dict[str, int] = {}
    found_rows = (Found(*row) for row in rows)
    for found in sorted(found_rows, key=lambda each: (each.rank, each.title, each.kind)):
        key = (found.kind, found.thing_id)
        if key not in once and of_kind.get(found.kind, 0) < limit:
            once[key] = found
            of_kind[found.kind] = of_kind.get(found.kind, 0) + 1
    return list(once.values())
