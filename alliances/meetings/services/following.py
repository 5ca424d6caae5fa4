"""Somebody leaves her school: seats of her own, bodies she leads and items she presents pass on."""

from __future__ import annotations

from datetime import datetime, time

from alliances.meetings.models import AgendaItem, Body, Meeting, Seat
from alliances.meetings.permissions import can_run_meetings_of
from alliances.meetings.services.agenda import edit_item
from alliances.meetings.services.bodies import edit_body, leave_seat, take_seat
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Held, Leaver


def _runs(leaver: Leaver, body: Body) -> bool:
    return leaver.by.is_staff or can_run_meetings_of(leaver.by, body, leaver.today)


def seats_held(leaver: Leaver) -> list[Held]:
    """Seats that she fills herself: for this school, or for herself where it is to decide."""
    seats = Seat.objects.on(leaver.today).filter(person=leaver.person)
    found = []
    for seat in seats.select_related("body__alliance").order_by("body__name", "pk"):
        words = f"{seat.body}, {seat.body.alliance}"
        if seat.school_id == leaver.school.pk:
            found.append(Held(seat.pk, words, (PASS, END)))
        elif _runs(leaver, seat.body):
            found.append(Held(seat.pk, words, (STAY, PASS, END)))
        elif leaver.by.pk == leaver.person.pk:
            found.append(Held(seat.pk, words, (STAY, END)))
    return found


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


def bodies_led(leaver: Leaver) -> list[Held]:
    """Bodies that she leads, but workhubs, which pass on as workhubs do."""
    bodies = Body.objects.filter(lead=leaver.person, closed_on=None)
    led = bodies.exclude(kind=Body.Kind.WORKHUB).select_related("alliance")
    return [
        Held(body.pk, f"{body}, {body.alliance}", (STAY, PASS, END))
        for body in led.order_by("name", "pk")
        if _runs(leaver, body)
    ]


def pass_on_body(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows leads the body, unless somebody else does already."""
    body = Body.objects.filter(pk=key, lead=leaver.person).first()
    if body is None:
        return 0
    edit_body(body=body, name=body.name, lead=to, by=leaver.by, now=now)
    return 1


def items_presented(leaver: Leaver) -> list[Held]:
    """Items of meetings after the last day."""
    after = datetime.combine(leaver.first_day, time(), tzinfo=UK)
    items = AgendaItem.objects.filter(
        presenter=leaver.person,
        meeting__starts_at__gte=after,
        meeting__state__in=[Meeting.State.DRAFT, Meeting.State.CALLED],
    )
    items = items.select_related("meeting__body__alliance")
    return [
        Held(item.pk, f"{item}, {item.meeting}", (PASS, END, STAY))
        for item in items.order_by("meeting__starts_at", "position", "pk")
        if leaver.by.pk == leaver.person.pk or _runs(leaver, item.meeting.body)
    ]


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
