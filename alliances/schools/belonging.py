"""Groups that a school belongs to: rooms above say what they know, this one imports none of them.

A room offers by a module `belonging.py` with `BELONGING: tuple[BelongingKind, ...]`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

from alliances.schools.models import School
from partnership.people.models import Person
from partnership.toolkit.registers import gather

Schools = QuerySet[School, School]


@dataclass(frozen=True)
class BelongingKind:
    """One kind of group: its choices, the schools in one of them, and the names for many schools.

    `names` answers for all the schools of a page in one query. `run_by` says of a school, in the
    database, whether somebody directs a group of this kind that it belongs to; `shared_with` gives
    the keys of the schools in her groups of this kind.
    """

    key: str
    label: str
    choices: Callable[[], list[tuple[str, str]]]
    schools_in: Callable[[Schools, str, date], Schools]
    names: Callable[[Collection[int], date], dict[int, list[str]]]
    run_by: Callable[[Person, date], Exists] | None = None
    shared_with: Callable[[Person, date], QuerySet[Any, Any]] | None = None


def belonging_kinds() -> tuple[BelongingKind, ...]:
    """Every room's kinds of group, lower rooms first."""
    return gather("belonging", "BELONGING")


def named_groups(school_ids: Collection[int], *, on: date) -> dict[int, str]:
    """The groups of each school on a day, as words."""
    found: dict[int, list[str]] = {}
    for kind in belonging_kinds():
        for school_id, names in kind.names(school_ids, on).items():
            found.setdefault(school_id, []).extend(names)
    return {school_id: ", ".join(names) for school_id, names in found.items()}
