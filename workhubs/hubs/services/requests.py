"""Schools ask to join a workhub; lead, deputy or office answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliances.schools.models import School
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from workhubs.hubs.models import JoinRequest, WorkhubSchool, WorkhubYear
from workhubs.hubs.notices import REQUEST_ANSWERED, REQUEST_MADE, REQUEST_WITHDRAWN
from workhubs.hubs.services.places import (
    YearOver,
    days_later,
    refuse_strangers,
    seat_school,
)
from workhubs.hubs.services.telling import heads_of, leads_of, tell_of

DAYS_TO_ANSWER = 7


class AskedAlready(Exception):
    """The school takes part, is invited, or has asked already."""


class TakesNoRequests(Exception):
    """Schools join this workhub by invitation only."""


class RequestSettled(Exception):
    """The request is answered or withdrawn already."""


@transaction.atomic
def request_to_join(
    *, workhub_year: WorkhubYear, school: School, why: str, by: Person, now: datetime
) -> JoinRequest:
    """A school asks to take part; whoever leads the workhub has a week to answer."""
    today = now.astimezone(UK).date()
    current = lock(workhub_year)
    current.workhub = workhub_year.workhub
    if current.is_over(today):
        raise YearOver
    if not current.takes_requests:
        raise TakesNoRequests
    refuse_strangers(current, {school.pk: school}, today=today)
    place = WorkhubSchool.objects.filter(workhub_year=current, school=school).first()
    if place is not None and (place.is_unanswered or place.stands(today)):
        raise AskedAlready
    if JoinRequest.objects.open().filter(workhub_year=current, school=school).exists():
        raise AskedAlready
    request = JoinRequest.objects.create(
        workhub_year=current,
        school=school,
        why=why,
        requested_by=by,
        requested_at=now,
        answer_by=days_later(now, DAYS_TO_ANSWER),
    )
    _record("asked to join", request, by=by, now=now)
    told = leads_of(current, on=today) - {by.pk}
    tell_of(REQUEST_MADE, request.pk, told, current, now=now)
    return request


@transaction.atomic
def answer_request(
    *, request: JoinRequest, accepts: bool, words: str = "", by: Person, now: datetime
) -> JoinRequest:
    """Yes: the school joins and takes a seat. No: it may ask again another time."""
    today = now.astimezone(UK).date()
    workhub_year = _locked_year(request)
    current = _open(request)
    if accepts:
        if workhub_year.is_over(today):
            raise YearOver
        refuse_strangers(workhub_year, {current.school_id: current.school}, today=today)
        _let_in(current, workhub_year, by=by, now=now)
    current.answered_by = by
    current.answered_at = now
    current.is_accepted = accepts
    current.answer = words
    current.save(update_fields=["answered_by", "answered_at", "is_accepted", "answer"])
    _record("request accepted" if accepts else "request declined", current, by=by, now=now)
    told = heads_of([current.school_id], on=today) | {current.requested_by_id}
    tell_of(REQUEST_ANSWERED, current.pk, told - {by.pk}, workhub_year, now=now)
    return current


@transaction.atomic
def withdraw_request(*, request: JoinRequest, by: Person, now: datetime) -> JoinRequest:
    """The school no longer asks, and nobody owes it an answer."""
    workhub_year = _locked_year(request)
    current = _open(request)
    current.withdrawn_at = now
    current.save(update_fields=["withdrawn_at"])
    _record("request withdrawn", current, by=by, now=now)
    told = leads_of(workhub_year, on=now.astimezone(UK).date()) - {by.pk}
    tell_of(REQUEST_WITHDRAWN, current.pk, told, workhub_year, now=now)
    return current


def _locked_year(request: JoinRequest) -> WorkhubYear:
    """The year is locked before what belongs to it, as whoever invites does."""
    years = WorkhubYear.objects.select_related("workhub__body", "workhub__alliance")
    return years.select_for_update(of=("self",)).get(pk=request.workhub_year_id)


def _open(request: JoinRequest) -> JoinRequest:
    current = lock(request)
    if not current.is_open:
        raise RequestSettled
    return current


def _let_in(
    request: JoinRequest, workhub_year: WorkhubYear, *, by: Person, now: datetime
) -> WorkhubSchool:
    """The school's one place in the year; an invitation that it had meanwhile is answered so."""
    today = now.astimezone(UK).date()
    places = WorkhubSchool.objects.select_for_update(of=("self",))
    place = places.filter(workhub_year=workhub_year, school=request.school_id).first()
    if place is not None and place.stands(today) and place.left_on is None:
        return place
    place = place or WorkhubSchool(workhub_year=workhub_year, school=request.school)
    place.way = WorkhubSchool.Way.REQUESTED
    place.invited_by = by
    place.invited_at = place.answered_at = now
    place.answer_by = request.answer_by
    place.answered_by_id = request.requested_by_id
    place.withdrawn_at = place.left_on = None
    place.joined_on = max(today, workhub_year.academic_year.first_day)
    place.save()
    seat_school(place, workhub_year, by=by, now=now)
    return place


def _record(action: str, request: JoinRequest, *, by: Person, now: datetime) -> None:
    workhub_year = request.workhub_year
    record(
        action,
        workhub_year.workhub,
        by=by,
        at=now,
        values={"school": request.school_id, "year": str(workhub_year.academic_year)},
        school_id=request.school_id,
        alliance_id=workhub_year.workhub.alliance_id,
    )
