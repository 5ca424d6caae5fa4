"""Many seats at once, in as many statements for one as for hundreds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from alliances.meetings.models import Body, Seat
from partnership.audit.models import Event
from partnership.audit.services import event, record_many
from partnership.calendar.days import UK
from partnership.people.models import Person


class Sitting(NamedTuple):
    """Who sits where: a school, or a person, in a body."""

    body_id: int
    school_id: int | None
    person_id: int | None


@transaction.atomic
def change_seats(
    *, taken: Mapping[Sitting, date], left: Mapping[Sitting, date], by: Person, now: datetime
) -> None:
    """Have these sit from a day on, or leave with a last day; who sits already goes on sitting.

    Whoever is newly asked to what is called already hears of it when newcomers are asked next.
    """
    today = now.astimezone(UK).date()
    bodies = {sitting.body_id for sitting in (*taken, *left)}
    alliances = dict(
        Body.objects.select_for_update(of=("self",))
        .filter(pk__in=bodies)
        .order_by("pk")
        .values_list("pk", "alliance")
    )
    held: dict[Sitting, list[Seat]] = {}
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    for seat in Seat.objects.filter(goes_on, body__in=bodies).order_by("pk"):
        held.setdefault(Sitting(seat.body_id, seat.school_id, seat.person_id), []).append(seat)
    kept = [seats[-1] for sitting in taken if (seats := held.get(sitting))]
    kept = [seat for seat in kept if seat.ends_on is not None]
    ended = [
        (seat, last_day)
        for sitting, last_day in left.items()
        for seat in held.get(sitting, ())
        if seat.ends_on is None or seat.ends_on > last_day
    ]
    for seat in kept:
        seat.ends_on = None
    for seat, last_day in ended:
        seat.ends_on = last_day
    new = [
        Seat(starts_on=starts_on, **sitting._asdict())
        for sitting, starts_on in taken.items()
        if sitting not in held
    ]
    Seat.objects.bulk_update([*kept, *(seat for seat, _day in ended)], ["ends_on"])
    Seat.objects.bulk_create(new)
    happened = [("seat kept", kept), ("seat left", [seat for seat, _day in ended])]
    record_many(
        _event(action, seat, alliances[seat.body_id], by=by, now=now)
        for action, seats in [*happened, ("seat taken", new)]
        for seat in seats
    )


def _event(action: str, seat: Seat, alliance_id: int, *, by: Person, now: datetime) -> Event:
    return event(
        action,
        seat,
        by=by,
        at=now,
        fields=["starts_on", "ends_on"],
        school_id=seat.school_id,
        alliance_id=alliance_id,
    )
