"""Schools are invited into a workhub's year, answer, join and leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from alliances.membership.models import Membership
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from workhubs.hubs.models import JoinRequest, WorkhubSchool, WorkhubYear
from workhubs.hubs.notices import PLACE_ENDS, PLACE_GOES_ON, SCHOOL_INVITED, invited_key
from workhubs.hubs.services.seating import seat, unseat
from workhubs.hubs.services.telling import heads_by_school, heads_of, leads_of, tell_of

DAYS_TO_ANSWER = 14
ANSWER_BY_HOUR = 17


class NotAMember(Exception):
    """The school doesn't belong to the workhub's alliance."""


class InvitationClosed(Exception):
    """The invitation is answered or withdrawn, or the school has left already."""


class YearOver(Exception):
    """The workhub’s year is over, or was closed."""


class NotItsLastDay(Exception):
    """The day is past, or the workhub’s year is over by then."""


@transaction.atomic
def invite_schools(
    *, workhub_year: WorkhubYear, schools: Iterable[School], by: Person, now: datetime
) -> list[WorkhubSchool]:
    """Ask the schools' heads for an answer within 14 days; the places of those newly asked.

    Who is asked already, has asked or takes part is left alone; who declined or left is asked again.
    """
    today = now.astimezone(UK).date()
    if lock(workhub_year).is_over(today):
        raise YearOver
    wanted = {school.pk: school for school in schools}
    refuse_strangers(workhub_year, wanted, today=today)
    requests = JoinRequest.objects.open().filter(workhub_year=workhub_year)
    asking = set(requests.values_list("school", flat=True))
    known = WorkhubSchool.objects.select_for_update(of=("self",)).filter(
        workhub_year=workhub_year, school__in=wanted
    )
    places = {place.school_id: place for place in known}
    invited = []
    for school_id, school in wanted.items():
        place = places.get(school_id)
        if school_id in asking:
            continue
        if place is not None and (place.is_unanswered or place.stands(today)):
            continue
        invited.append(_ask(place, workhub_year, school, by=by, now=now))
    _tell_heads(invited, workhub_year, today=today, now=now)
    return invited


def refuse_strangers(workhub_year: WorkhubYear, wanted: dict[int, School], *, today: date) -> None:
    """Only member schools of its alliance take part in a workhub."""
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
    place.way = WorkhubSchool.Way.INVITED
    place.invited_by = by
    place.invited_at = now
    place.answer_by = days_later(now, DAYS_TO_ANSWER)
    place.answered_by = None
    place.answered_at = place.withdrawn_at = None
    place.joined_on = place.left_on = None
    place.save()
    _record("school invited", place, workhub_year, by=by, now=now)
    return place


def days_later(now: datetime, days: int) -> datetime:
    """5pm so many days later, by the clock in the United Kingdom."""
    last_day = now.astimezone(UK) + timedelta(days=days)
    return last_day.replace(hour=ANSWER_BY_HOUR, minute=0, second=0, microsecond=0)


def _tell_heads(
    places: list[WorkhubSchool], workhub_year: WorkhubYear, *, today: date, now: datetime
) -> None:
    heads = heads_by_school((place.school_id for place in places), on=today)
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
    workhub_year = _year_of(current)
    if workhub_year.is_over(today):
        raise InvitationClosed
    current.answered_by = by
    current.answered_at = now
    current.joined_on = max(today, workhub_year.academic_year.first_day)
    current.save(update_fields=["answered_by", "answered_at", "joined_on"])
    seat_school(current, workhub_year, by=by, now=now)
    _record("place accepted", current, workhub_year, by=by, now=now)
    return current


def seat_school(
    place: WorkhubSchool, workhub_year: WorkhubYear, *, by: Person, now: datetime
) -> None:
    """A school that joins takes a seat in the workhub's body, from the day that it joins."""
    starts_on = place.joined_on or now.astimezone(UK).date()
    seat(workhub_year.workhub, {"school": place.school}, starts_on=starts_on, by=by, now=now)


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
def end_place(
    *, place: WorkhubSchool, last_day: date | None = None, by: Person, now: datetime
) -> WorkhubSchool:
    """The school leaves, or is taken out, with a last day, today’s at the earliest."""
    current = lock(place)
    today = now.astimezone(UK).date()
    if not current.stands(today) or current.left_on is not None:
        raise InvitationClosed
    workhub_year = _year_of(current)
    end = max(last_day or today, current.joined_on or today)
    if end < today or end > max(today, workhub_year.last_day):
        raise NotItsLastDay
    current.left_on = end
    current.save(update_fields=["left_on"])
    unseat(workhub_year, {"school": current.school}, last_day=end, by=by, now=now)
    _record("place ended", current, workhub_year, by=by, now=now)
    _tell_both(PLACE_ENDS, current, workhub_year, besides=by, now=now, left_on=end.isoformat())
    return current


@transaction.atomic
def keep_place(*, place: WorkhubSchool, by: Person, now: datetime) -> WorkhubSchool:
    """A school that was to leave stays, until its last day is over."""
    current = lock(place)
    today = now.astimezone(UK).date()
    if current.left_on is None or current.left_on < today:
        raise InvitationClosed
    workhub_year = _year_of(current)
    if workhub_year.is_over(today):
        raise InvitationClosed
    current.left_on = None
    current.save(update_fields=["left_on"])
    seat_school(current, workhub_year, by=by, now=now)
    _record("place kept", current, workhub_year, by=by, now=now)
    _tell_both(PLACE_GOES_ON, current, workhub_year, besides=by, now=now)
    return current


def _tell_both(
    kind: str,
    place: WorkhubSchool,
    workhub_year: WorkhubYear,
    *,
    besides: Person,
    now: datetime,
    **facts: str,
) -> None:
    """The school's heads and whoever leads the workhub, but not whoever did it."""
    today = now.astimezone(UK).date()
    told = heads_of([place.school_id], on=today) | leads_of(workhub_year, on=today)
    tell_of(kind, place.pk, told - {besides.pk}, workhub_year, now=now, **facts)


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
