"""Somebody leaves her school: seats of her own, bodies she leads and items she presents pass on."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, QuerySet, When

from alliances.meetings.duties.papers import TITLE
from alliances.meetings.models import AgendaItem, Body, Meeting, Seat
from alliances.meetings.services.agenda import edit_item
from alliances.meetings.services.bodies import (
    edit_body,
    keep_seat,
    leave_seat,
    take_seat,
)
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered

SEATS = "meetings.seats"
BODIES_LED = "meetings.bodies"
ITEMS = "meetings.items"


def decided_by(leaver: Leaver) -> QuerySet[Body, Any]:
    """The bodies whose things whoever arranges it decides about."""
    if leaver.by.is_staff:
        return Body.objects.values("pk")
    return Body.objects.run_by(leaver.by, on=leaver.today).values("pk")


def is_own(leaver: Leaver) -> bool:
    """Whether she arranges her leaving herself."""
    return bool(leaver.by.pk == leaver.person.pk)


def seats_held(leaver: Leaver) -> QuerySet[Seat, Any]:
    """Seats that she fills herself: for this school, or for herself where it is to decide.

    A seat of her own in a workhub goes with her part in it.
    """
    seats = Seat.objects.on(leaver.today).filter(person=leaver.person)
    return held_rows(
        seats.exclude(body__kind=Body.Kind.WORKHUB, school=None),
        kind=SEATS,
        name="body__name",
        about="body__alliance__name",
        choices=Case(
            When(school=leaver.school, then=offered(PASS, END)),
            When(body__in=decided_by(leaver), then=offered(STAY, PASS, END)),
            default=offered(STAY, END) if is_own(leaver) else offered(),
        ),
        until="ends_on",
    )


def pass_on_seat(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """She is asked no more to meetings after the last day; whoever follows is, from then on."""
    seats = Seat.objects.filter(pk=key, person=leaver.person).select_related("body", "school")
    seat = seats.first()
    if seat is None:
        return 0
    leave_seat(seat=seat, ends_on=leaver.last_day, by=leaver.by, now=now)
    seated = seat.body.seats.filter(school=seat.school, person=to, ends_on=None)
    if to is not None and not seated.exists():
        take_seat(
            body=seat.body,
            school=seat.school,
            person=to,
            starts_on=leaver.first_day,
            by=leaver.by,
            now=now,
        )
    return 1


def take_back_seat(
    leaver: Leaver,
    key: int,
    *,
    to: Person | None,
    until: date | None,
    since: datetime,
    now: datetime,
) -> int:
    """She sits there as before; whoever would have followed does not begin."""
    seats = Seat.objects.filter(pk=key, person=leaver.person, ends_on=leaver.last_day)
    seat = seats.select_related("body").first()
    if seat is None:
        return 0
    if to is not None:
        coming = seat.body.seats.filter(school=seat.school_id, person=to)
        for begun in coming.filter(starts_on=leaver.first_day):
            _drop_coming(begun, seat.body, by=leaver.by, now=now)
    if until is None:
        keep_seat(seat=seat, by=leaver.by, now=now)
    else:
        leave_seat(seat=seat, ends_on=until, by=leaver.by, now=now)
    return 1


def _drop_coming(seat: Seat, body: Body, *, by: Person, now: datetime) -> None:
    """The seat goes, and the history keeps that it was taken."""
    record(
        "seat not taken up",
        seat,
        by=by,
        at=now,
        title=body.name,
        fields=["starts_on"],
        school_id=seat.school_id,
        alliance_id=body.alliance_id,
    )
    seat.delete()


def bodies_led(leaver: Leaver) -> QuerySet[Body, Any]:
    """Bodies that she leads, but workhubs, which pass on as workhubs do."""
    bodies = Body.objects.filter(lead=leaver.person, closed_on=None, pk__in=decided_by(leaver))
    return held_rows(
        bodies.exclude(kind=Body.Kind.WORKHUB),
        kind=BODIES_LED,
        name="name",
        about="alliance__name",
        choices=offered(STAY, PASS, END),
    )


def pass_on_body(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows leads the body, unless somebody else does already."""
    body = Body.objects.filter(pk=key, lead=leaver.person).first()
    if body is None:
        return 0
    edit_body(body=body, name=body.name, lead=to, by=leaver.by, now=now)
    return 1


def items_presented(leaver: Leaver) -> QuerySet[AgendaItem, Any]:
    """Items of meetings after the last day."""
    after = datetime.combine(leaver.first_day, time(), tzinfo=UK)
    items = AgendaItem.objects.filter(
        presenter=leaver.person,
        meeting__starts_at__gte=after,
        meeting__state__in=[Meeting.State.DRAFT, Meeting.State.CALLED],
    )
    if not is_own(leaver):
        items = items.filter(meeting__body__in=decided_by(leaver))
    return held_rows(
        items,
        kind=ITEMS,
        name=TITLE,
        about="meeting__title",
        choices=offered(PASS, END, STAY),
        order="meeting__starts_at",
    )


def pass_on_item(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows presents the item, as long as its meeting is still to come."""
    items = AgendaItem.objects.filter(
        pk=key,
        presenter=leaver.person,
        meeting__state__in=[Meeting.State.DRAFT, Meeting.State.CALLED],
    )
    item = items.select_related("meeting").first()
    if item is None:
        return 0
    edit_item(item=item, changes={"presenter": to}, by=leaver.by, now=now)
    return 1
