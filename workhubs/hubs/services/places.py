"""Schools are invited into a workhub's year, answer, join and leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from alliances.meetings.models import Seat
from alliances.meetings.services import leave_seat, take_seat
from alliances.membership.models import Membership
from alliances.schools.models import School, SchoolPost
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from workhubs.hubs.models import WorkhubSchool, WorkhubYear
from workhubs.hubs.notices import SCHOOL_INVITED, invited_key

DAYS_TO_ANSWER = 14
ANSWER_BY_HOUR = 17


class NotAMember(Exception):
    """The school doesn't belong to the workhub's alliance."""


class InvitationClosed(Exception):
    """The invitation is answered or withdrawn, or the school has left already."""


@transaction.atomic
def invite_schools(
    *, workhub_year: WorkhubYear, schools: Iterable[School], by: Person, now: datetime
) -> list[WorkhubSchool]:
    """Ask the schools' heads for an answer within 14 days; the places of those newly asked.

    Who is asked already or takes part is left alone; who declined or left is asked again.
    """
    lock(workhub_year)
    today = now.astimezone(UK).date()
    wanted = {school.pk: school for school in schools}
    _refuse_strangers(workhub_year, wanted, today=today)
    known = WorkhubSchool.objects.select_for_update(of=("self",)).filter(
        workhub_year=workhub_year, school__in=wanted
    )
    places = {place.school_id: place for place in known}
    invited = []
    for school_id, school in wanted.items():
        place = places.get(school_id)
        if place is not None and (place.is_unanswered or place.is_joined(today)):
            continue
        invited.append(_ask(place, workhub_year, school, by=by, now=now))
    _tell_heads(invited, workhub_year, today=today, now=now)
    return invited


def _refuse_strangers(workhub_year: WorkhubYear, wanted: dict[int, School], *, today: date) -> None:
    members = Membership.objects.on(today).filter(
        alliance=workhub_year.workhub.alliance_id, school__in=wanted
    )
    strangers = wanted.keys() - set(members.values_list("school", flat=True))
    if strangers:
        raise NotAMember(sorted(strangers))


def _ask(
    place: WorkhubSchool | None,
    workhub_year: WorkhubYear,
    school: School,
    *,
    by: Person,
    now: datetime,
) -> WorkhubSchool:
    place = place or WorkhubSchool(workhub_year=workhub_year, school=school)
    place.invited_by = by
    place.invited_at = now
    place.answer_by = answer_by(now)
    place.answered_by = None
    place.answered_at = place.withdrawn_at = None
    place.joined_on = place.left_on = None
    place.save()
    _record("school invited", place, workhub_year, by=by, now=now)
    return place


def answer_by(now: datetime) -> datetime:
    """5pm on the fourteenth day, by the clock in the United Kingdom."""
    last_day = now.astimezone(UK) + timedelta(days=DAYS_TO_ANSWER)
    return last_day.replace(hour=ANSWER_BY_HOUR, minute=0, second=0, microsecond=0)


def _tell_heads(
    places: list[WorkhubSchool], workhub_year: WorkhubYear, *, today: date, now: datetime
) -> None:
    posts = (
        SchoolPost.objects.on(today)
        .of_heads()
        .filter(school__in=[place.school_id for place in places])
    )
    heads: dict[int, set[int]] = {}
    for school_id, person_id in posts.values_list("school", "person"):
        heads.setdefault(school_id, set()).add(person_id)
    for place in places:
        tell(
            recipients=heads.get(place.school_id, ()),
            kind=SCHOOL_INVITED,
            key=invited_key(place),
            thing_id=place.pk,
            now=now,
            facts={"invited_at": place.invited_at.isoformat()},
            alliance_id=workhub_year.workhub.alliance_id,
        )


@transaction.atomic
def accept_place(*, place: WorkhubSchool, by: Person, now: datetime) -> WorkhubSchool:
    """The school joins today, also after a no, and takes a seat in the workhub's body."""
    current = lock(place)
    if current.withdrawn_at is not None or current.joined_on is not None:
        raise InvitationClosed
    today = now.astimezone(UK).date()
    current.answered_by = by
    current.answered_at = now
    current.joined_on = today
    current.save(update_fields=["answered_by", "answered_at", "joined_on"])
    workhub_year = _year_of(current)
    body = workhub_year.workhub.body
    seats = Seat.objects.on(today).filter(body=body, school=current.school_id, ends_on=None)
    if not seats.exists():
        take_seat(body=body, school=current.school, starts_on=today, by=by, now=now)
    _record("place accepted", current, workhub_year, by=by, now=now)
    return current


@transaction.atomic
def decline_place(*, place: WorkhubSchool, by: Person, now: datetime) -> WorkhubSchool:
    """The school doesn't join; it may still accept until the invitation is withdrawn."""
    current = lock(place)
    if not current.is_unanswered:
        raise InvitationClosed
    current.answered_by = by
    current.answered_at = now
    current.save(update_fields=["answered_by", "answered_at"])
    _record("place declined", current, _year_of(current), by=by, now=now)
    return current


@transaction.atomic
def withdraw_invitation(*, place: WorkhubSchool, by: Person, now: datetime) -> WorkhubSchool:
    """The school isn't asked any more, and is reminded no more."""
    current = lock(place)
    if current.withdrawn_at is not None or current.joined_on is not None:
        raise InvitationClosed
    current.withdrawn_at = now
    current.save(update_fields=["withdrawn_at"])
    _record("invitation withdrawn", current, _year_of(current), by=by, now=now)
    return current


@transaction.atomic
def end_place(*, place: WorkhubSchool, by: Person, now: datetime) -> WorkhubSchool:
    """The school leaves, or is taken out: today is its last day, and its seat's."""
    current = lock(place)
    today = now.astimezone(UK).date()
    if not current.is_joined(today) or current.left_on is not None:
        raise InvitationClosed
    current.left_on = today
    current.save(update_fields=["left_on"])
    workhub_year = _year_of(current)
    if not _takes_part_elsewhere(current, workhub_year, today=today):
        seats = Seat.objects.on(today).filter(
            body=workhub_year.workhub.body_id, school=current.school_id
        )
        for seat in seats:
            leave_seat(seat=seat, ends_on=today, by=by, now=now)
    _record("place ended", current, workhub_year, by=by, now=now)
    return current


def _takes_part_elsewhere(place: WorkhubSchool, workhub_year: WorkhubYear, *, today: date) -> bool:
    """Whether another year of the workhub keeps the school's seat."""
    other_years = WorkhubSchool.objects.joined(on=today).filter(
        Q(workhub_year__workhub=workhub_year.workhub_id),
        Q(workhub_year__year__gt=workhub_year.year),
        school=place.school_id,
    )
    return bool(other_years.exists())


def _year_of(place: WorkhubSchool) -> WorkhubYear:
    years = WorkhubYear.objects.select_related("workhub__body", "workhub__alliance")
    return years.get(pk=place.workhub_year_id)


def _record(
    action: str, place: WorkhubSchool, workhub_year: WorkhubYear, *, by: Person, now: datetime
) -> None:
    """One event of the workhub's history, in the scope of the school that it is about."""
    record(
        action,
        workhub_year.workhub,
        by=by,
        at=now,
        values={"school": place.school_id, "year": str(workhub_year.academic_year)},
        school_id=place.school_id,
        alliance_id=workhub_year.workhub.alliance_id,
    )
