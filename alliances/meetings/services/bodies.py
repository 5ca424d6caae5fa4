"""Bodies are founded, and seats in them taken and left."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.meetings.models import Body, Seat
from alliances.meetings.services.asking import ask_newcomers
from alliances.membership.models import Alliance
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class SeatTaken(Exception):
    """The school or the person has an open seat in this body already."""


@transaction.atomic
def found_body(
    *,
    alliance: Alliance,
    name: str,
    kind: str,
    lead: Person | None = None,
    by: Person,
    now: datetime,
    **ways: Any,
) -> Body:
    """A new body of an alliance, with nobody in it yet; `ways` are its fields of how it works."""
    body = Body.objects.create(alliance=alliance, name=name, kind=kind, lead=lead, **ways)
    record("body founded", body, by=by, at=now, fields=["name", "kind"], alliance_id=alliance.pk)
    return body


@transaction.atomic
def edit_body(
    *, body: Body, name: str, lead: Person | None, by: Person | None, now: datetime
) -> Body:
    """Another name, or another lead, who is then asked to what is called already."""
    return change_body(body=body, changes={"name": name, "lead": lead}, by=by, now=now)


@transaction.atomic
def change_body(
    *,
    body: Body,
    changes: dict[str, Any],
    seen_version: int | None = None,
    by: Person | None,
    now: datetime,
) -> Body:
    """What it is for and how it works; raises ChangedSince when somebody saved since."""
    body = lock(body, seen_version=seen_version)
    changed = apply_changes(body, changes)
    if changed:
        record("body edited", body, by=by, at=now, fields=changed, alliance_id=body.alliance_id)
    if {"lead", "deputy"} & set(changed):
        ask_newcomers(body=body, now=now)
    return body


@transaction.atomic
def name_deputy(*, body: Body, deputy: Person | None, by: Person | None, now: datetime) -> Body:
    """Somebody does beside the lead what the lead may do, and is asked to what is called already."""
    return change_body(body=body, changes={"deputy": deputy}, by=by, now=now)


@transaction.atomic
def keep_seat(*, seat: Seat, by: Person, now: datetime) -> Seat:
    """A seat that was to end goes on."""
    seat = lock(seat)
    seat.ends_on = None
    seat.save(update_fields=["ends_on"])
    _recorded("seat kept", seat, by=by, now=now, fields=["ends_on"])
    ask_newcomers(body=seat.body, now=now)
    return seat


@transaction.atomic
def close_body(*, body: Body, last_day: date | None, by: Person, now: datetime) -> Body:
    """A body has a last day, after which nobody calls meetings of it; without one it is open again."""
    body = lock(body)
    if changed := apply_changes(body, {"closed_on": last_day}):
        action = "body closed" if last_day else "body opened again"
        record(action, body, by=by, at=now, fields=changed, alliance_id=body.alliance_id)
    return body


@transaction.atomic
def take_seat(
    *,
    body: Body,
    school: School | None = None,
    person: Person | None = None,
    starts_on: date | None = None,
    by: Person,
    now: datetime,
) -> Seat:
    """A school or a person takes a seat, and is asked to the meetings that are called already."""
    body = lock(body)
    if body.seats.filter(school=school, person=person, ends_on=None).exists():
        raise SeatTaken
    seat = Seat.objects.create(body=body, school=school, person=person, starts_on=starts_on)
    _recorded("seat taken", seat, by=by, now=now, fields=["starts_on"])
    ask_newcomers(body=body, now=now)
    return seat


@transaction.atomic
def leave_seat(*, seat: Seat, ends_on: date, by: Person, now: datetime) -> Seat:
    """A seat ends; whoever held it is no longer asked to meetings after its last day."""
    seat = lock(seat)
    seat.ends_on = ends_on
    seat.save(update_fields=["ends_on"])
    _recorded("seat left", seat, by=by, now=now, fields=["ends_on"])
    ask_newcomers(body=seat.body, now=now)
    return seat


def _recorded(action: str, seat: Seat, *, by: Person, now: datetime, fields: list[str]) -> None:
    record(
        action,
        seat,
        by=by,
        at=now,
        title=seat.body.name,
        fields=fields,
        school_id=seat.school_id,
        alliance_id=seat.body.alliance_id,
    )
