"""Settling an academic year: of an authority whole, of a school only what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from partnership.audit.services import record
from partnership.calendar.calendars import years_of_calendar
from partnership.calendar.dates import HALF_TERMS, KnownYear, TermDates
from partnership.calendar.models import HalfTerm, InsetDay, TermCalendar, TermYear
from partnership.people.models import Person
from partnership.toolkit.registers.owners import CalendarOwner, owner_kinds
from partnership.toolkit.versions import ChangedSince, lock

Spans = Mapping[int, tuple[date, date]]


@dataclass(frozen=True)
class Settled:
    """An academic year as somebody settles it: six half terms, INSET days, and the source."""

    half_terms: Spans
    inset_days: Mapping[date, str]
    source: str = ""
    is_example: bool = False


@transaction.atomic
def settle_year(
    *,
    owner: CalendarOwner,
    year: int,
    settled: Settled,
    by: Person | None,
    now: datetime,
    seen_version: int | None = None,
) -> bool:
    """Keep a year’s dates; of a school only what differs from its authority. Whether any changed.

    Raises ChangedSince when somebody settled something since `seen_version`, 0 being "none yet".
    """
    above_id = owner.reference.above_id
    above = years_of_calendar(above_id).get(year) if above_id else None
    after = _differing(settled, above)
    if after is None and owner.reference.own_id is None:
        return False
    calendar = _calendar(owner, seen_version)
    before = years_of_calendar(calendar.pk).get(year)
    if after == before:
        return False
    _write(calendar, year, after)
    _record("term dates settled", calendar, owner, year, (before, after), by=by, now=now)
    return True


@transaction.atomic
def clear_year(
    *, owner: CalendarOwner, year: int, seen_version: int, by: Person, now: datetime
) -> bool:
    """Forget what an owner says of a year: a school then follows its authority whole again."""
    calendar = _calendar(owner, seen_version)
    before = years_of_calendar(calendar.pk).get(year)
    if before is None:
        return False
    _write(calendar, year, None)
    _record("term dates taken back", calendar, owner, year, (before, None), by=by, now=now)
    return True


def _calendar(owner: CalendarOwner, seen_version: int | None) -> TermCalendar:
    """The owner’s calendar, locked; a new one where it has none."""
    if owner.reference.own_id is not None:
        calendar = lock(TermCalendar(pk=owner.reference.own_id), seen_version=seen_version)
    else:
        above_id = owner.reference.above_id
        calendar = TermCalendar.objects.create(title=owner.name, follows_id=above_id)
        owner_kinds()[owner.kind].follow(owner, calendar)
        if seen_version:
            raise ChangedSince(calendar)
    return calendar


def _differing(settled: Settled, above: KnownYear | None) -> KnownYear | None:
    """What a calendar must say itself, given the one that it follows; None if nothing."""
    followed = TermDates({}, {0: above}).half_terms_of(0) if above else ()
    spans = {each.number: (each.starts_on, each.ends_on) for each in followed}
    own = {number: span for number, span in settled.half_terms.items() if spans.get(number) != span}
    inset: dict[date, str] | None = dict(settled.inset_days)
    if above is not None and inset == (above.inset_days or {}):
        inset = None
    if not own and inset is None:
        return None
    return KnownYear(own, inset, settled.source, settled.is_example)


def _write(calendar: TermCalendar, year: int, known: KnownYear | None) -> None:
    TermYear.objects.filter(calendar=calendar, year=year).delete()
    calendar.version += 1
    calendar.save(update_fields=["version"])
    if known is None:
        return
    term_year = TermYear.objects.create(
        calendar=calendar,
        year=year,
        source=known.source,
        is_example=known.is_example,
        has_own_inset_days=known.inset_days is not None,
    )
    HalfTerm.objects.bulk_create(
        HalfTerm(term_year=term_year, number=number, starts_on=first, ends_on=last)
        for number, (first, last) in known.half_terms.items()
    )
    days = known.inset_days or {}
    InsetDay.objects.bulk_create(
        InsetDay(term_year=term_year, day=day, note=note) for day, note in days.items()
    )


def _record(
    action: str,
    calendar: TermCalendar,
    owner: CalendarOwner,
    year: int,
    change: tuple[KnownYear | None, KnownYear | None],
    *,
    by: Person | None,
    now: datetime,
) -> None:
    before, after = (_said(known) for known in change)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    record(
        action,
        calendar,
        by=by,
        at=now,
        title=f"{owner.name}, {year} to {year + 1}",
        fields=sorted(names),
        values={name: [before.get(name), after.get(name)] for name in names} | {"year": year},
        school_id=owner.school_id,
    )


def _said(known: KnownYear | None) -> dict[str, str]:
    if known is None:
        return {}
    said = {
        HALF_TERMS[number]: f"{first.isoformat()} to {last.isoformat()}"
        for number, (first, last) in known.half_terms.items()
    }
    if known.source:
        said["source"] = known.source
    if known.inset_days is not None:
        said["INSET days"] = ", ".join(day.isoformat() for day in sorted(known.inset_days))
    return said
