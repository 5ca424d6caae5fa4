"""Who is told of a cycle, and what the audit keeps of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.audit.services import record
from partnership.notices.services import tell
from partnership.people.models import Person
from reviews.cycles.models import Cycle, CyclePerson, CycleReviewer
from reviews.cycles.notices.opening import DATES_ASKED


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


def taking_part(cycle: Cycle, *, on: date) -> set[int]:
    """The heads of its hosts, and its reviewers."""
    hosts = cycle.hosts.filter(left_at=None).values_list("school", flat=True)
    reviewers = CycleReviewer.objects.filter(cycle=cycle, left_at=None)
    return heads_of(hosts, on=on) | set(reviewers.values_list("reviewer__person", flat=True))


def tell_dates_asked(cycle: Cycle, people: Iterable[int], *, by: Person, now: datetime) -> None:
    """Ask these people for their dates, as long as dates are asked for; for each day named once."""
    if cycle.state != Cycle.State.ASKING or cycle.block_by is None:
        return
    tell(
        recipients=set(people) - {by.pk},
        kind=DATES_ASKED,
        key=f"cycle-dates-asked:{cycle.pk}:{cycle.block_by:%Y-%m-%dT%H:%M}",
        thing_id=cycle.pk,
        alliance_id=cycle.alliance_id,
        now=now,
    )


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
