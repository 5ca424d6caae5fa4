"""Somebody leaves a school: what she holds passes on or ends with her last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from alliances.schools.models import Departure, DepartureItem, School
from alliances.schools.notices import FOLLOWS, FOLLOWS_NOT, LEAVES, STAYS
from alliances.schools.services.posts import find_or_invite
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.registers import (
    PASS,
    STAY,
    HandoverKind,
    Held,
    Leaver,
    gather,
    held_things,
)
from partnership.toolkit.versions import lock

Choices = Mapping[tuple[str, int], str]
ARRANGED, OFF = (LEAVES, FOLLOWS), (STAYS, FOLLOWS_NOT)


class NobodyFollows(Exception):
    """Something shall pass on, and no successor is named."""


class FollowsOnHerself(Exception):
    """Whoever leaves is named as her own successor."""


class DepartureOver(Exception):
    """It has been called off already, or its last day has passed."""


def person_handovers() -> dict[str, HandoverKind]:
    """What rooms have that a person may hold, the lower rooms first."""
    kinds: tuple[HandoverKind, ...] = gather("handover", "HANDOVER")
    return {kind.key: kind for kind in kinds if kind.of == "person"}


def held_by(leaver: Leaver) -> list[tuple[HandoverKind, list[Held]]]:
    """What a leaver holds, room by room, as far as whoever arranges it may decide about it."""
    kinds = person_handovers()
    things = held_things(kinds, leaver)
    return [(kind, things[key]) for key, kind in kinds.items() if key in things]


@transaction.atomic
def arrange_departure(
    *,
    school: School,
    person: Person,
    last_day: date,
    choices: Choices,
    by: Person,
    now: datetime,
    successor_email: str = "",
    successor_name: str = "",
) -> Departure:
    """Say who leaves with which day, who follows, and what passes on, ends or stays.

    `choices` has a decision for kind and key of each thing. What has days is settled at once by
    its days; the rest when the last day has passed. Arranging it again takes an earlier word back
    first.
    """
    lock(school)
    successor = None
    if successor_email:
        successor = find_or_invite(
            school=school, email=successor_email, name=successor_name, by=by, now=now
        )
    if successor is not None and successor.pk == person.pk:
        raise FollowsOnHerself
    if successor is None and PASS in choices.values():
        raise NobodyFollows
    today = now.astimezone(UK).date()
    _forget_what_was_arranged(school, person, by=by, today=today, now=now)
    departure = Departure.objects.create(
        school=school,
        person=person,
        last_day=last_day,
        successor=successor,
        arranged_by=by,
        arranged_at=now,
    )
    _keep(departure, choices, today=today)
    _settle(departure, now=now)
    _record("departure arranged", departure, by=by, now=now)
    _tell(departure, ARRANGED, by=by, now=now)
    return departure


def _forget_what_was_arranged(
    school: School, person: Person, *, by: Person, today: date, now: datetime
) -> None:
    """An earlier word about a coming last day counts no more; the audit keeps it."""
    earlier = Departure.objects.filter(school=school, person=person)
    for departure in earlier.coming(today).select_related("successor").order_by("-pk"):
        _take_back(departure, by=by, today=today, now=now)
        departure.delete()
    DepartureItem.objects.filter(departure__in=earlier, settled_at__isnull=True).delete()


@transaction.atomic
def call_off_departure(*, departure: Departure, by: Person, now: datetime) -> Departure:
    """Somebody stays after all: what was arranged for her last day is taken back, as far as it can.

    What was changed by others meanwhile is left as it is. An invitation of whoever would have
    followed stands: portal staff withdraw it.
    """
    lock(departure.school)
    departures = Departure.objects.select_for_update(of=("self",))
    departure = departures.select_related("person", "school", "successor").get(pk=departure.pk)
    today = now.astimezone(UK).date()
    if departure.called_off_at is not None or departure.last_day < today:
        raise DepartureOver
    _take_back(departure, by=by, today=today, now=now)
    departure.items.filter(settled_at__isnull=True).delete()
    departure.called_off_at, departure.called_off_by = now, by
    departure.save(update_fields=["called_off_at", "called_off_by"])
    _record("departure called off", departure, by=by, now=now)
    _tell(departure, OFF, by=by, now=now)
    return departure


def _take_back(departure: Departure, *, by: Person, today: date, now: datetime) -> None:
    """Undo what was settled by its days, the last first."""
    kinds = person_handovers()
    leaver = Leaver(departure.person, departure.school, departure.last_day, by, today)
    for item in departure.items.filter(settled_at__isnull=False).order_by("-pk"):
        to = departure.successor if item.passes_on else None
        if (take_back := kinds[item.kind].take_back) is not None:
            told = {"to": to, "until": item.until, "since": item.settled_at, "now": now}
            take_back(leaver, item.thing_id, **told)


def _keep(departure: Departure, choices: Choices, *, today: date) -> None:
    DepartureItem.objects.bulk_create(
        DepartureItem(
            departure=departure,
            kind=kind.key,
            thing_id=thing.key,
            words=thing.words[:200],
            passes_on=choices[kind.key, thing.key] == PASS,
            until=thing.until,
        )
        for kind, things in held_by(_leaver(departure, today=today))
        for thing in things
        if choices.get((kind.key, thing.key), STAY) in set(thing.choices) - {STAY}
    )


def _leaver(departure: Departure, *, today: date) -> Leaver:
    return Leaver(
        person=departure.person,
        school=departure.school,
        last_day=departure.last_day,
        by=departure.arranged_by,
        today=today,
    )


def _settle(departure: Departure, *, now: datetime) -> int:
    """Settle what may be settled by now: all of it once the last day has passed."""
    kinds, today = person_handovers(), now.astimezone(UK).date()
    leaver = _leaver(departure, today=today)
    settled = 0
    waiting = departure.items.select_for_update(of=("self",)).filter(settled_at__isnull=True)
    for item in waiting.order_by("pk"):
        kind = kinds[item.kind]
        if not kind.is_dated and departure.last_day >= today:
            continue
        to = departure.successor if item.passes_on else None
        kind.pass_on(leaver, item.thing_id, to=to, now=now)
        item.settled_at = now
        item.save(update_fields=["settled_at"])
        settled += 1
    return settled


def settle_departures(*, now: datetime) -> int:
    """Settle what waited for last days that have passed, each once, however often this runs."""
    due = DepartureItem.objects.due(now.astimezone(UK).date()).values("departure")
    settled = 0
    for pk in Departure.objects.filter(pk__in=due).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            departures = Departure.objects.select_for_update(of=("self",))
            departure = departures.select_related("person", "school", "successor", "arranged_by")
            settled += _settle(departure.get(pk=pk), now=now)
    return settled


def _record(action: str, departure: Departure, *, by: Person, now: datetime) -> None:
    record(
        action,
        departure.school,
        by=by,
        at=now,
        fields=["last_day", "successor"],
        values={
            "person_id": departure.person_id,
            "successor_id": departure.successor_id,
            "last_day": departure.last_day.isoformat(),
        },
        school_id=departure.school_id,
    )


def _tell(departure: Departure, kinds: tuple[str, str], *, by: Person, now: datetime) -> None:
    """Tell whoever leaves and whoever follows, but for whoever does it."""
    leaves, follows = kinds
    successor = departure.successor
    if successor is not None and successor.is_active and successor.pk != by.pk:
        _tell_one(departure, follows, successor.pk, now=now)
    if departure.person_id != by.pk:
        _tell_one(departure, leaves, departure.person_id, now=now)


def _tell_one(departure: Departure, kind: str, recipient: int, *, now: datetime) -> None:
    key = f"{kind.partition('.')[2]}:{departure.pk}"
    tell(recipients=[recipient], kind=kind, key=key, thing_id=departure.pk, now=now)
