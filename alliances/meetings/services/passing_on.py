"""A school becomes another: its seats and its answers to coming meetings go on with that one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alliances.meetings.models import MeetingReply, Seat
from alliances.meetings.services.bodies import leave_seat, take_seat
from alliances.schools.models import School
from partnership.people.models import Person


def running_seats(school: School) -> QuerySet[Seat, Seat]:
    """Seats that have no last day."""
    return Seat.objects.filter(school=school, ends_on__isnull=True)


def pass_on_seats(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Each seat goes on with the school after; what was answered to coming meetings still stands."""
    _move_answers(school, to, now=now)
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    seats = Seat.objects.filter(goes_on, school=school).select_related("body", "person")
    moved = list(seats.order_by("pk"))
    for seat in moved:
        started, ends_on = seat.starts_on or date.min, seat.ends_on
        if not seat.body.seats.filter(school=to, person=seat.person, ends_on=None).exists():
            _take(seat, to, max(started, on), ends_on, by=by, now=now)
        leave_seat(seat=seat, ends_on=max(started, on - timedelta(days=1)), by=by, now=now)
    return len(moved)


def _take(
    seat: Seat, to: School, starts_on: date, ends_on: date | None, *, by: Person, now: datetime
) -> None:
    """The school after sits down before the other one gets up, so that nobody is asked anew."""
    taken = take_seat(
        body=seat.body, school=to, person=seat.person, starts_on=starts_on, by=by, now=now
    )
    if ends_on is not None:
        leave_seat(seat=taken, ends_on=ends_on, by=by, now=now)


def _move_answers(school: School, to: School, *, now: datetime) -> None:
    replies = MeetingReply.objects.open(now=now)
    taken = set(replies.filter(school=to).values_list("meeting", "person"))
    for reply in replies.filter(school=school).order_by("pk"):
        if (reply.meeting_id, reply.person_id) not in taken:
            reply.school = to
            reply.save(update_fields=["school"])
