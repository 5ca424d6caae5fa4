"""What is late, as the director's page lists it, and by what the list is narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, QuerySet, Value

from alliances.membership.models import Alliance
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.answers import AnswersPlannedAnew
from partnership.toolkit.registers import joined
from partnership.toolkit.statements import answer
from support.directory.models import SupportArea
from support.programmes.models import Programme
from support.progress.duties.lateness import WORDS, late_rows

AREA, WHOSE = "area", "director"
KEPT_FOR = 5 * 60
Choice = tuple[str, str]
Choices = dict[str, list[Choice]]
NAMES = ("school__name", "area__name", "director__name")


@dataclass(frozen=True)
class Late:
    """One thing that is late: in which programme, what, since when, for how many days."""

    programme: Any
    address: str
    words: str
    since: datetime
    days: int


def late_in(
    alliance: Alliance, now: datetime, *, kinds: tuple[str, ...] = (), **narrowed: int
) -> AnswersPlannedAnew:
    """Everything late, the longest first; asked for when it is sliced."""
    return AnswersPlannedAnew(late_rows, kinds, alliance=alliance, now=now, **narrowed)


def named(rows: Iterable[Any], now: datetime) -> list[Late]:
    """Rows of what is late with the names of their programmes, asked for in one SELECT."""
    kept = list(rows)
    programmes = Programme.objects.filter(pk__in={row.late_of for row in kept}).order_by()
    names = {row.pk: row for row in programmes.values_list("pk", *NAMES, named=True)}
    return [
        Late(
            programme=names[row.late_of],
            address=address("programmes:programme_detail", row.late_of),
            words=WORDS[row.late_kind],
            since=row.late_since,
            days=(now - row.late_since).days,
        )
        for row in kept
    ]


def _choices(*, alliance: Alliance) -> QuerySet[Any, Any]:
    areas = SupportArea.objects.filter(alliance=alliance).order_by()
    looking = Programme.objects.filter(alliance=alliance, director__isnull=False).order_by()
    people = Person.objects.filter(pk__in=looking.values("director")).order_by()
    parts = [
        rows.annotate(choice_of=Value(of, output_field=CharField())).values_list(
            "choice_of", "name", "pk"
        )
        for of, rows in ((AREA, areas), (WHOSE, people))
    ]
    return joined(parts).order_by("choice_of", "name", "pk")


def choices_in(alliance: Alliance) -> Choices:
    """The areas of an alliance, and who looks after some programme of it; kept for minutes."""
    key = f"progress:choices:{alliance.pk}"
    kept: Choices | None = cache.get(key)
    if kept is not None:
        return kept
    found: Choices = {AREA: [], WHOSE: []}
    for of, name, pk in answer(_choices, alliance=alliance):
        found[of].append((str(pk), name))
    cache.set(key, found, KEPT_FOR)
    return found
