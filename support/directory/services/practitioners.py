"""Entries of practitioners: made, changed, confirmed and ended."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance
from alliances.membership.services.spans import check_span
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import Practitioner
from support.directory.notices import ENTERED
from support.directory.services.asking import ask_heads
from support.directory.services.ledger import offer_days_ahead
from support.directory.services.naming import names_of

MANY = ("designations", "areas")
TIME_TO_ANSWER = timedelta(days=14)
SAID = ("days_a_year", "starts_on", "ends_on", "is_listed")


class ListedAlready(Exception):
    """The alliance has an entry of this person."""


def due_after(now: datetime) -> datetime:
    """4pm two weeks on."""
    day = now.astimezone(UK).date() + TIME_TO_ANSWER
    return datetime.combine(day, time(16), tzinfo=UK)


@transaction.atomic
def add_practitioner(
    *,
    alliance: Alliance,
    person: Person,
    home_school: School | None,
    by: Person,
    now: datetime,
    starts_on: date,
    ends_on: date | None = None,
    days_a_year: Decimal = Decimal(0),
    quietly: bool = False,
    **facts: Any,
) -> Practitioner:
    """List somebody; her head is asked to agree, and she to look whether it is right."""
    lock(alliance)
    check_span(starts_on, ends_on)
    if Practitioner.objects.filter(alliance=alliance, person=person).exists():
        raise ListedAlready
    named = {name: facts.pop(name, ()) for name in MANY}
    is_own = by.pk == person.pk
    practitioner = Practitioner.objects.create(
        alliance=alliance,
        person=person,
        home_school=home_school,
        days_a_year=days_a_year,
        starts_on=starts_on,
        ends_on=ends_on,
        confirm_due_at=None if is_own else due_after(now),
        confirmed_at=now if is_own else None,
        search_text=person.search_name,
        **facts,
    )
    for name, things in named.items():
        getattr(practitioner, name).set(things)
    _word_search(practitioner)
    _record("practitioner listed", practitioner, by=by, now=now)
    if not quietly:
        _tell_practitioner(practitioner, by=by, now=now)
    _settle_days(practitioner, by=by, now=now, quietly=quietly)
    return practitioner


def _tell_practitioner(practitioner: Practitioner, *, by: Person, now: datetime) -> None:
    if by.pk == practitioner.person_id or not practitioner.person.is_active:
        return
    tell(
        recipients=[practitioner.person_id],
        kind=ENTERED,
        key=f"directory-entered:{practitioner.pk}",
        thing_id=practitioner.pk,
        alliance_id=practitioner.alliance_id,
        now=now,
    )


def _settle_days(
    practitioner: Practitioner, *, by: Person, now: datetime, quietly: bool = False
) -> None:
    """Without a school her own word counts; else her head is asked where no consent stands."""
    if practitioner.home_school_id is None:
        offer_days_ahead(practitioner=practitioner, by=by, now=now)
        return
    today = now.astimezone(UK).date()
    agreed = practitioner.consents.filter(
        school=practitioner.home_school_id, withdrawn_at=None, ends_on__gte=today
    )
    if agreed.exists():
        offer_days_ahead(practitioner=practitioner, by=by, now=now)
    elif practitioner.days_a_year:
        ask_heads(practitioner, due_at=due_after(now), now=now, quietly=quietly)


@transaction.atomic
def change_practitioner(
    *,
    practitioner: Practitioner,
    changes: dict[str, Any],
    seen_version: int,
    by: Person,
    now: datetime,
) -> Practitioner:
    """Word an entry anew, its designations and areas by their keys.

    The head of another home school is asked; who words her own entry confirms it.
    """
    practitioner = _locked(practitioner, seen_version=seen_version)
    changes = dict(changes)
    many = {name: list(changes.pop(name)) for name in MANY if name in changes}
    check_span(
        changes.get("starts_on", practitioner.starts_on),
        changes.get("ends_on", practitioner.ends_on),
    )
    fields = _set_many(practitioner, many)
    if by.pk == practitioner.person_id and practitioner.confirmed_at is None:
        changes["confirmed_at"] = now
    changed = apply_changes(practitioner, changes)
    if fields and not changed:
        practitioner.version += 1
        practitioner.save(update_fields=["version"])
    if fields or changed:
        _word_search(practitioner)
        _record("entry changed", practitioner, by=by, now=now, fields=[*changed, *fields])
        _settle_days(practitioner, by=by, now=now)
    return practitioner


def _set_many(practitioner: Practitioner, many: dict[str, list[int]]) -> list[str]:
    fields = []
    for name, keys in many.items():
        related = getattr(practitioner, name)
        if set(keys) != set(related.values_list("pk", flat=True)):
            related.set(keys)
            fields.append(name)
    return fields


@transaction.atomic
def confirm_entry(*, practitioner: Practitioner, by: Person, now: datetime) -> Practitioner:
    """She has looked, and her entry is right."""
    practitioner = _locked(practitioner)
    practitioner.confirmed_at = now
    practitioner.save(update_fields=["confirmed_at"])
    _record("entry confirmed", practitioner, by=by, now=now)
    return practitioner


@transaction.atomic
def end_practitioner(
    *, practitioner: Practitioner, last_day: date, by: Person, now: datetime
) -> Practitioner:
    """Let an entry end with a day; what is promised stays promised until it is given back."""
    practitioner = _locked(practitioner)
    check_span(practitioner.starts_on, last_day)
    if changed := apply_changes(practitioner, {"ends_on": last_day}):
        _record("entry ended", practitioner, by=by, now=now, fields=changed)
        offer_days_ahead(practitioner=practitioner, by=by, now=now)
    return practitioner


def _locked(practitioner: Practitioner, *, seen_version: int | None = None) -> Practitioner:
    """The entry's row, which knows person, alliance and school as the one given does."""
    current = lock(practitioner, seen_version=seen_version)
    current.person, current.alliance = practitioner.person, practitioner.alliance
    return current


def _word_search(practitioner: Practitioner) -> None:
    practitioner.search_text = practitioner.searchable(*names_of(practitioner))
    practitioner.save(update_fields=["search_text"])


def _record(
    action: str,
    practitioner: Practitioner,
    *,
    by: Person,
    now: datetime,
    fields: list[str] | None = None,
) -> None:
    record(
        action,
        practitioner,
        by=by,
        at=now,
        fields=fields or SAID,
        values={name: str(getattr(practitioner, name)) for name in SAID},
        school_id=practitioner.home_school_id,
        alliance_id=practitioner.alliance_id,
    )
