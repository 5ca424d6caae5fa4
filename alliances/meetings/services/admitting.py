"""The office takes schools and people into a body, and says until when they sit there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from alliances.meetings.models import Body, Seat
from alliances.meetings.services.asking import ask_newcomers
from alliances.meetings.services.bodies import SeatTaken, keep_seat, leave_seat, take_seat
from alliances.membership.services import EndsBeforeItStarts
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import lock


@transaction.atomic
def admit_member(
    *,
    body: Body,
    school: School | None,
    person: Person | None,
    starts_on: date,
    ends_on: date | None = None,
    by: Person,
    now: datetime,
) -> Seat:
    """A school or a person sits in the body from a day on.

    Raises SeatTaken when the same seat is taken on some of these days, and EndsBeforeItStarts.
    """
    body = lock(body)
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
    same = body.seats.filter(school=school, person=person)
    if same.sharing_days(starts_on, ends_on).exists():
        raise SeatTaken
    seat = take_seat(body=body, school=school, person=person, starts_on=starts_on, by=by, now=now)
    if ends_on is not None:
        seat = leave_seat(seat=seat, ends_on=ends_on, by=by, now=now)
    return seat


@transaction.atomic
def set_last_day(*, seat: Seat, last_day: date | None, by: Person, now: datetime) -> Seat:
    """The last day of a seat; without one it goes on.

    Raises EndsBeforeItStarts, and SeatTaken when another seat of the same holder follows it.
    """
    body = lock(seat.body)
    if last_day is not None and seat.starts_on is not None and last_day < seat.starts_on:
        raise EndsBeforeItStarts
    is_longer = seat.ends_on is not None and (last_day is None or last_day > seat.ends_on)
    same = body.seats.filter(school=seat.school_id, person=seat.person_id).exclude(pk=seat.pk)
    if is_longer and same.sharing_days(seat.starts_on or date.min, last_day).exists():
        raise SeatTaken
    if last_day is None:
        return keep_seat(seat=seat, by=by, now=now)
    return leave_seat(seat=seat, ends_on=last_day, by=by, now=now)


@transaction.atomic
def admit_everybody(
    *,
    body: Body,
    wanted: Collection[tuple[int, int | None]],
    starts_on: date,
    by: Person,
    now: datetime,
) -> int:
    """Schools, each with its person or for its head, who have no seat yet; how many are new.

    They are asked to what is called already, each meeting being looked at once.
    """
    body = lock(body)
    taken = set(body.seats.sharing_days(starts_on, None).values_list("school_id", "person_id"))
    new = [place for place in dict.fromkeys(wanted) if place not in taken]
    if new:
        Seat.objects.bulk_create(
            Seat(body=body, school_id=school_id, person_id=person_id, starts_on=starts_on)
            for school_id, person_id in new
        )
        schools = sorted({school_id for school_id, _person_id in new})
        _recorded(body, {"seats": len(new), "schools": schools}, by=by, now=now)
        ask_newcomers(body=body, now=now)
    return len(new)


def _recorded(body: Body, values: dict[str, object], *, by: Person, now: datetime) -> None:
    record(
        "members taken in",
        body,
        by=by,
        at=now,
        fields=["seats"],
        values=values,
        alliance_id=body.alliance_id,
    )
