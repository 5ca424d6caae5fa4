"""Visits that were held: their days are counted once, and given back where it wasn't so."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import LedgerEntry, Practitioner, SupportRules
from support.directory.services import deliver_days, take_back_delivery
from support.programmes.models import Programme
from support.programmes.services.telling import record_of
from support.progress.models import Held, Visit, VisitNote
from support.progress.services.going_on import going_on, school_days_later
from support.progress.services.visiting import NotPlanned


class NotOverYet(Exception):
    """The visit hasn't ended yet."""


class NotHeld(Exception):
    """The visit isn't said to be held."""


class NoteGiven(Exception):
    """Its note is given to the school, so it was held."""


@transaction.atomic
def hold_visit(*, visit: Visit, by: Person, now: datetime, days: Decimal | None = None) -> Visit:
    """Say that a visit was held, and if it was longer or shorter than planned; its note is due.

    Raises NotEnoughDays where fewer days are left of what was promised of its strand that year.
    """
    programme = going_on(visit.programme)
    current = lock(visit)
    if days is not None and current.state == Held.PLANNED:
        apply_changes(current, {"days": days})
    return mark_held(current, programme, by=by, now=now)


def mark_held(visit: Visit, programme: Programme, *, by: Person, now: datetime) -> Visit:
    """A locked visit within its locked programme was held."""
    if visit.state != Held.PLANNED:
        raise NotPlanned
    if now < visit.ends_at:
        raise NotOverYet
    rules = SupportRules.objects.get(alliance=programme.alliance_id)
    note_by = school_days_later(visit.ends_at, rules.note_days, school=programme.school_id)
    apply_changes(
        visit, {"state": Held.HELD, "held_at": now, "note_by": note_by, "changed_at": now}
    )
    _deliver(visit, by=by, now=now)
    record_of("visit held", programme, by=by, now=now)
    return visit


@transaction.atomic
def undo_held(*, visit: Visit, because: str, by: Person, now: datetime) -> Visit:
    """It wasn't held after all, as long as no note of it is given; its days are promised again."""
    programme = going_on(visit.programme)
    current = lock(visit)
    if current.state != Held.HELD:
        raise NotHeld
    if VisitNote.objects.filter(visit=current, given_at__isnull=False).exists():
        raise NoteGiven
    apply_changes(
        current, {"state": Held.PLANNED, "held_at": None, "note_by": None, "changed_at": now}
    )
    if _practitioner_of(current) is not None:
        key = _key(current, _rounds(current) - 1)
        take_back_delivery(key=key, because=because, by=by, now=now)
    record_of("visit not held after all", programme, by=by, now=now)
    return current


def _deliver(visit: Visit, *, by: Person, now: datetime) -> None:
    """Who comes for no strand gives none of the days that were promised."""
    practitioner = _practitioner_of(visit)
    if practitioner is None:
        return
    deliver_days(
        practitioner=practitioner,
        year=AcademicYear.containing(london_day(visit.starts_at)).start,
        days=visit.days,
        strand_id=visit.strand_id,
        key=_key(visit, _rounds(visit)),
        by=by,
        now=now,
    )


def _practitioner_of(visit: Visit) -> Practitioner | None:
    return visit.strand.practitioner if visit.strand is not None else None


def _key(visit: Visit, number: int) -> str:
    return f"visit:{visit.pk}:{number}"


def _rounds(visit: Visit) -> int:
    """How often it was said to be held so far."""
    lines = LedgerEntry.objects.filter(
        key__startswith=f"visit:{visit.pk}:", strand_id=visit.strand_id, days__gt=0
    )
    return lines.count()
