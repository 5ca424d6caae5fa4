"""A year of a workhub, or the workhub itself, closes with a day; it may be opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from alliances.meetings.services import ask_newcomers, close_body
from alliances.meetings.services.many_seats import Sitting, change_seats
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from workhubs.hubs.models import (
    JoinRequest,
    TopicProposal,
    Workhub,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
    WorkhubYearQuerySet,
)
from workhubs.hubs.notices import REQUEST_ANSWERED, TOPIC_ANSWERED, YEAR_CLOSED
from workhubs.hubs.services.places import NotItsLastDay
from workhubs.hubs.services.telling import heads_of, leads_of, tell_of

CLOSING_WORDS = "The workhub has closed."


class ClosedAlready(Exception):
    """It is closed, or its academic year is over."""


class NotClosed(Exception):
    """It isn't closed, or what it belongs to is."""


@transaction.atomic
def close_year(
    *, workhub_year: WorkhubYear, last_day: date, by: Person, now: datetime
) -> WorkhubYear:
    """A year ends before its time: nobody is asked any more, and what it did stays."""
    workhub = lock(workhub_year.workhub)
    current = lock(workhub_year)
    current.workhub = workhub
    _close(current, last_day=last_day, by=by, now=now)
    _settle_body(workhub, by=by, now=now)
    return current


@transaction.atomic
def reopen_year(*, workhub_year: WorkhubYear, by: Person, now: datetime) -> WorkhubYear:
    """A year goes on: its schools and people have their seats again."""
    workhub = lock(workhub_year.workhub)
    current = lock(workhub_year)
    current.workhub = workhub
    is_past = current.academic_year.last_day < now.astimezone(UK).date()
    if current.closed_on is None or is_past or workhub.closed_on is not None:
        raise NotClosed
    _reopen(current, by=by, now=now)
    _settle_body(workhub, by=by, now=now)
    return current


@transaction.atomic
def close_workhub(*, workhub: Workhub, last_day: date, by: Person, now: datetime) -> Workhub:
    """A workhub ends with all its years that aren't over; it isn't carried over any more."""
    current = lock(workhub)
    if current.closed_on is not None:
        raise ClosedAlready
    today = now.astimezone(UK).date()
    if last_day < today:
        raise NotItsLastDay
    _mark(current, "workhub closed", last_day, by=by, now=now)
    for year in _years(current).running(on=today).filter(closed_on=None):
        year.workhub = current
        _close(year, last_day=min(last_day, year.last_day), by=by, now=now)
    _settle_body(current, by=by, now=now)
    return current


@transaction.atomic
def reopen_workhub(*, workhub: Workhub, by: Person, now: datetime) -> Workhub:
    """A workhub goes on, and so do the years that closed with it."""
    current = lock(workhub)
    if current.closed_on is None:
        raise NotClosed
    today = now.astimezone(UK).date()
    closed_on = current.closed_on
    _mark(current, "workhub opened again", None, by=by, now=now)
    this_year = AcademicYear.containing(today).start
    for year in _years(current).filter(closed_on=closed_on, year__gte=this_year):
        year.workhub = current
        _reopen(year, by=by, now=now)
    _settle_body(current, by=by, now=now)
    return current


def _years(workhub: Workhub) -> WorkhubYearQuerySet:
    return WorkhubYear.objects.filter(workhub=workhub).order_by("year")


def _close(workhub_year: WorkhubYear, *, last_day: date, by: Person, now: datetime) -> None:
    today = now.astimezone(UK).date()
    if workhub_year.closed_on is not None or workhub_year.is_over(today):
        raise ClosedAlready
    if not today <= last_day <= workhub_year.academic_year.last_day:
        raise NotItsLastDay
    _mark(workhub_year, "year closed", last_day, by=by, now=now)
    told = _everybody_in(workhub_year, on=today) - {by.pk}
    tell_of(YEAR_CLOSED, workhub_year.pk, told, workhub_year, now=now)
    invitations = WorkhubSchool.objects.unanswered().filter(workhub_year=workhub_year)
    invitations.update(withdrawn_at=now)
    _decline_what_waits(workhub_year, by=by, now=now)
    going_on = _sitting(_years(workhub_year.workhub).running(on=last_day).filter(closed_on=None))
    here = _sitting(_years(workhub_year.workhub).filter(pk=workhub_year.pk))
    left = {sitting: last_day for sitting in here if sitting not in going_on}
    change_seats(taken={}, left=left, by=by, now=now)


def _decline_what_waits(workhub_year: WorkhubYear, *, by: Person, now: datetime) -> None:
    """Requests to join and proposed topics have their answer; whoever sent them is told."""
    requests = JoinRequest.objects.open().filter(workhub_year=workhub_year)
    topics = TopicProposal.objects.open().filter(workhub_year=workhub_year)
    asked = dict(requests.values_list("pk", "requested_by"))
    proposed = dict(topics.values_list("pk", "proposed_by"))
    requests.update(answered_at=now, answered_by=by, answer=CLOSING_WORDS)
    topics.update(answered_at=now, answered_by=by, answer=CLOSING_WORDS)
    for kind, declined in ((REQUEST_ANSWERED, asked), (TOPIC_ANSWERED, proposed)):
        for pk, person_id in declined.items():
            tell_of(kind, pk, {person_id} - {by.pk}, workhub_year, now=now)


def _reopen(workhub_year: WorkhubYear, *, by: Person, now: datetime) -> None:
    _mark(workhub_year, "year opened again", None, by=by, now=now)
    today = now.astimezone(UK).date()
    here = _sitting(_years(workhub_year.workhub).filter(pk=workhub_year.pk))
    taken = {sitting: max(today, starts_on) for sitting, starts_on in here.items()}
    change_seats(taken=taken, left={}, by=by, now=now)


def _everybody_in(workhub_year: WorkhubYear, *, on: date) -> set[int]:
    places = WorkhubSchool.objects.standing(on=on).filter(workhub_year=workhub_year)
    people = WorkhubPerson.objects.on(on).filter(workhub_year=workhub_year)
    heads = heads_of(places.values_list("school", flat=True), on=on)
    return heads | set(people.values_list("person", flat=True)) | leads_of(workhub_year, on=on)


def _sitting(years: WorkhubYearQuerySet) -> dict[Sitting, date]:
    """Who takes part in these years without a last day, and from when."""
    keys = years.order_by().values("pk")
    places = WorkhubSchool.objects.filter(
        workhub_year__in=keys, joined_on__isnull=False, left_on=None
    ).values_list("workhub_year__workhub__body", "school", "joined_on")
    people = WorkhubPerson.objects.filter(workhub_year__in=keys, ends_on=None).values_list(
        "workhub_year__workhub__body", "person", "starts_on"
    )
    found = {Sitting(body, school, None): day for body, school, day in places if day is not None}
    return found | {Sitting(body, None, person): day for body, person, day in people}


def _settle_body(workhub: Workhub, *, by: Person, now: datetime) -> None:
    """The body closes with the last of the workhub's years, and is open while one runs."""
    today = now.astimezone(UK).date()
    running = list(_years(workhub).running(on=today))
    is_open = not running or any(year.closed_on is None for year in running)
    last_day = None if is_open else max(year.last_day for year in running)
    close_body(body=workhub.body, last_day=workhub.closed_on or last_day, by=by, now=now)
    ask_newcomers(body=workhub.body, now=now)


def _mark(
    thing: Workhub | WorkhubYear,
    action: str,
    closed_on: date | None,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Write the day, and what happened, of which the workhub's page tells."""
    apply_changes(thing, {"closed_on": closed_on})
    workhub = thing if isinstance(thing, Workhub) else thing.workhub
    year = {} if isinstance(thing, Workhub) else {"year": str(thing.academic_year)}
    record(
        action,
        workhub,
        by=by,
        at=now,
        fields=["closed_on"],
        values=year,
        alliance_id=workhub.alliance_id,
    )
