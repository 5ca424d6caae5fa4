"""Who is told of a cycle, and what the audit keeps of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.audit.services import record
from partnership.people.models import Person
from reviews.cycles.models import Cycle, CyclePerson


def heads_of(school_ids: Iterable[int], *, on: date) -> set[int]:
    """The heads of schools on a day."""
    posts = SchoolPost.objects.on(on).of_heads()
    return set(posts.filter(school__in=list(school_ids)).values_list("person", flat=True))


def organisers_of(cycle: Cycle, *, on: date) -> set[int]:
    """Its director or directors, and whom they named."""
    posts = AlliancePost.objects.on(on).filter(
        alliance=cycle.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    named = CyclePerson.objects.on(on).filter(cycle=cycle)
    directors = posts.values_list("person", flat=True)
    return set(directors.union(named.values_list("person", flat=True), all=True))


def record_of(
    action: str,
    cycle: Cycle,
    *,
    by: Person | None,
    now: datetime,
    fields: Iterable[str] = (),
    values: dict[str, Any] | None = None,
) -> None:
    """Keep that something happened, by whom and when; `values` hold dates and counts, no reasons."""
    record(
        action,
        cycle,
        by=by,
        at=now,
        fields=list(fields),
        values=values or {},
        alliance_id=cycle.alliance_id,
    )
