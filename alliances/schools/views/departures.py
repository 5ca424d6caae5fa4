"""Who leaves a school from a day on, as its page of people says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q

from alliances.schools.models import Departure, School

COLUMNS = (
    "pk",
    "person__name",
    "last_day",
    "successor__name",
    "successor__is_active",
    "waiting__words",
    "waiting__passes_on",
)


@dataclass
class Leaving:
    """Somebody’s coming last day, and what waits for the day after."""

    pk: int
    name: str
    last_day: date
    successor: str
    is_invited: bool
    waiting: list[tuple[str, bool]] = field(default_factory=list)


def departures_from(school: School, today: date) -> list[Leaving]:
    """Who leaves from today on, by the day, with what waits for it, in one SELECT."""
    unsettled = FilteredRelation("items", condition=Q(items__settled_at__isnull=True))
    departures = Departure.objects.coming(today).filter(school=school).annotate(waiting=unsettled)
    return _gathered(departures.order_by("last_day", "pk", "waiting__pk").values_list(*COLUMNS))


def _gathered(rows: Iterable[tuple[Any, ...]]) -> list[Leaving]:
    found: dict[int, Leaving] = {}
    for pk, name, last_day, successor, is_active, words, passes_on in rows:
        is_invited = successor is not None and not is_active
        leaving = found.setdefault(pk, Leaving(pk, name, last_day, successor or "", is_invited))
        if words is not None:
            leaving.waiting.append((words, passes_on))
    return list(found.values())
