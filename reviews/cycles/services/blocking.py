"""Days on which somebody can’t go out, or a school can’t be visited, and the word that these are all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from reviews.cycles.models import BlockedDay, Cycle, CycleHost, CycleReviewer
from reviews.cycles.services.telling import record_of


@transaction.atomic
def block_days(
    *,
    days: Collection[date],
    by: Person,
    now: datetime,
    person: Person | None = None,
    school: School | None = None,
    because: str = "",
) -> int:
    """Block days of a person or of a school; a reason that is given also goes to those blocked.

    Answers how many are blocked now that weren’t before.
    """
    rows = _days_of(person, school).filter(day__in=days)
    before = set(rows.values_list("day", flat=True))
    BlockedDay.objects.bulk_create(
        [
            BlockedDay(
                person=person,
                school=school,
                day=day,
                because=because,
                blocked_by=by,
                blocked_at=now,
            )
            for day in sorted(set(days) - before)
        ],
        ignore_conflicts=True,
    )
    if because:
        rows.update(because=because)
    fresh = len(set(days) - before)
    if fresh:
        _keep("days blocked", person, school, fresh, by, now)
    return fresh


@transaction.atomic
def free_days(
    *,
    days: Collection[date],
    by: Person,
    now: datetime,
    person: Person | None = None,
    school: School | None = None,
) -> int:
    """Free days again; answers how many were blocked."""
    rows = _days_of(person, school).filter(day__in=days)
    return _freed(rows, person, school, by, now)


@transaction.atomic
def undo_blocking(
    *,
    at: datetime,
    by: Person,
    now: datetime,
    person: Person | None = None,
    school: School | None = None,
) -> int:
    """Free what somebody blocked in one go at a moment; answers how many days that were."""
    rows = _days_of(person, school).filter(blocked_by=by, blocked_at=at)
    return _freed(rows, person, school, by, now)


@transaction.atomic
def give_dates(*, entries: Sequence[CycleReviewer | CycleHost], by: Person, now: datetime) -> int:
    """The word that all dates of a reviewer or host are told, for cycles that wait for it."""
    given = 0
    for entry in entries:
        rows: Any = type(entry).objects.filter(
            pk=entry.pk, left_at=None, dates_given_at=None, cycle__state__in=Cycle.LIVE
        )
        said = {"dates_given_by": by} if isinstance(entry, CycleHost) else {}
        if rows.update(dates_given_at=now, **said):
            record_of("dates given", entry.cycle, by=by, now=now)
            given += 1
    return given


def _days_of(person: Person | None, school: School | None) -> Any:
    return BlockedDay.objects.filter(person=person, school=school)


def _freed(
    rows: Any, person: Person | None, school: School | None, by: Person, now: datetime
) -> int:
    count, _each = rows.delete()
    if count:
        _keep("blocked days freed", person, school, count, by, now)
    return int(count)


def _keep(
    action: str, person: Person | None, school: School | None, count: int, by: Person, now: datetime
) -> None:
    """Which days and why stays out of it."""
    thing = person or school
    if thing is not None:
        school_id = school.pk if school else None
        record(action, thing, by=by, at=now, values={"days": count}, school_id=school_id)
