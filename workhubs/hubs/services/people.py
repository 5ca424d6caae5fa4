"""People take part in a workhub's year beside the schools."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from workhubs.hubs.models import WorkhubPerson, WorkhubYear
from workhubs.hubs.notices import PERSON_ADDED
from workhubs.hubs.services.places import YearOver
from workhubs.hubs.services.seating import Holder, seat, unseat
from workhubs.hubs.services.telling import tell_of


class TakesPartAlready(Exception):
    """The person is in this year of the workhub already."""


@transaction.atomic
def add_person(
    *,
    workhub_year: WorkhubYear,
    person: Person,
    brings: str = "",
    starts_on: date,
    ends_on: date | None = None,
    by: Person,
    now: datetime,
) -> WorkhubPerson:
    """Somebody takes part from a day on, and has a seat in the workhub's body."""
    current = lock(workhub_year)
    workhub = workhub_year.workhub
    if current.is_over(now.astimezone(UK).date()):
        raise YearOver
    if current.people.filter(person=person).exists():
        raise TakesPartAlready
    member = WorkhubPerson.objects.create(
        workhub_year=workhub_year,
        person=person,
        brings=brings,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    seat(workhub, {"person": person}, starts_on=starts_on, by=by, now=now)
    if ends_on is not None:
        unseat(workhub_year, {"person": person}, last_day=ends_on, by=by, now=now)
    _record("person added", member, workhub_year, ["starts_on", "ends_on"], by=by, now=now)
    tell_of(PERSON_ADDED, member.pk, {person.pk} - {by.pk}, workhub_year, now=now)
    return member


@transaction.atomic
def edit_membership(
    *,
    member: WorkhubPerson,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> WorkhubPerson:
    """What somebody brings, and from when until when; her seat follows."""
    workhub_year = member.workhub_year
    current = lock(member, seen_version=seen_version)
    changed = apply_changes(current, changes)
    if {"starts_on", "ends_on"} & set(changed):
        holder: Holder = {"person": member.person}
        starts_on = max(current.starts_on, now.astimezone(UK).date())
        if current.ends_on is None:
            seat(workhub_year.workhub, holder, starts_on=starts_on, by=by, now=now)
        else:
            unseat(workhub_year, holder, last_day=current.ends_on, by=by, now=now)
    if changed:
        _record("person in it changed", current, workhub_year, changed, by=by, now=now)
    return current


@transaction.atomic
def drop_coming_person(*, member: WorkhubPerson, by: Person, now: datetime) -> None:
    """Somebody who was to come doesn’t: the row goes, and the history keeps that she was to."""
    current = lock(member)
    workhub_year = member.workhub_year
    unseat(workhub_year, {"person": member.person}, last_day=current.starts_on, by=by, now=now)
    _record("person not coming", current, workhub_year, ["starts_on"], by=by, now=now)
    current.delete()


def _record(
    action: str,
    member: WorkhubPerson,
    workhub_year: WorkhubYear,
    fields: list[str],
    *,
    by: Person,
    now: datetime,
) -> None:
    record(
        action,
        workhub_year.workhub,
        by=by,
        at=now,
        fields=fields,
        values={"person": member.person_id, "year": str(workhub_year.academic_year)},
        alliance_id=workhub_year.workhub.alliance_id,
    )
