"""Opening the review of a term: by the portal in time, or earlier by the director."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for, dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import (
    UK,
    previous_school_day,
    school_days_after,
    school_days_before,
)
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from support.programmes.models import Agreement, AgreementTerm, Programme
from support.programmes.services.telling import both_schools_of, directors_of, record_of, tell_turn
from support.progress.course import terms_of
from support.progress.course.terms import SupportTerm
from support.progress.models import Plan, TermReview
from support.progress.services.going_on import NotGoingOn, running

OPENS_DAYS_BEFORE = 10
FEWEST_DAYS = 5
LONGEST_AHEAD = timedelta(days=45)
LONGEST_HOLIDAY = timedelta(days=60)
OF = "agreement__programme"


class NoSuchTerm(Exception):
    """The term has not begun, or the agreement has none of this number."""


class OpenedAlready(Exception):
    """The review of the term was opened before."""


class NoPlanYet(Exception):
    """There is nothing to rate before both schools have agreed to a plan."""


def term_to_review(terms: Iterable[SupportTerm], now: datetime) -> SupportTerm | None:
    """The term that a review is of today: the one under way, or the last that is over."""
    today = london_day(now)
    begun = [term for term in terms if term.starts_on <= today]
    return begun[-1] if begun else None


@transaction.atomic
def open_review(*, programme: Programme, term: int, by: Person | None, now: datetime) -> TermReview:
    """Ask all three sides for their view of a term; `by` is None when the portal does it."""
    current = running(programme)
    terms = terms_of(current)
    found = terms.numbered(term)
    if found is None or found.starts_on > london_day(now):
        raise NoSuchTerm
    if TermReview.objects.filter(programme=current, term=term).exists():
        raise OpenedAlready
    if not Plan.objects.filter(programme=current, agreed_at__isnull=False).exists():
        raise NoPlanYet
    review = TermReview.objects.create(
        programme=current,
        term=term,
        is_midpoint=term == terms.midpoint,
        opened_at=now,
        due_at=_due_at(found, current.school_id, now),
    )
    today = london_day(now)
    heads = both_schools_of(current, on=today)
    asked = heads | directors_of(current, on=today)
    tell_turn(current, asked, what=f"review-{term}-opened", by=by, now=now)
    record_of(f"review of term {term} opened", current, by=by, now=now)
    return review


def _due_at(term: SupportTerm, school: int, now: datetime) -> datetime:
    """5pm on the last school day of the term, and five school days from now at the least."""
    dates = dates_for(references([school])[school])
    last_day = previous_school_day(term.ends_on, dates)
    at_end = datetime.combine(last_day, time(17), tzinfo=UK)
    return max(at_end, school_days_after(now, FEWEST_DAYS, dates=dates))


def open_due_reviews(*, now: datetime) -> int:
    """Open those whose term ends in two school weeks or has just ended; how many were opened."""
    opened = 0
    rows = list(_terms_to_open(now))
    owners = references({school for _programme, school, _term, _ends_on in rows})
    dates = dates_of(set(owners.values()))
    for programme, school, term, ends_on in rows:
        if _is_time(ends_on, dates[owners[school]], now):
            opened += _opened(programme, term, now)
    return opened


def _is_time(ends_on: Any, dates: TermDates, now: datetime) -> bool:
    end = datetime.combine(ends_on, time(17), tzinfo=UK)
    opens_at = school_days_before(end, OPENS_DAYS_BEFORE, dates=dates)
    return london_day(opens_at) <= london_day(now)


def _opened(programme: int, term: int, now: datetime) -> int:
    try:
        open_review(programme=Programme(pk=programme), term=term, by=None, now=now)
    except (OpenedAlready, NotGoingOn, NoPlanYet):
        return 0
    return 1


def _terms_to_open(now: datetime) -> Any:
    """The latest term that has begun of each running programme with a plan, if it wants a review."""
    today = london_day(now)
    begun = AgreementTerm.objects.filter(
        starts_on__lte=today,
        ends_on__gte=today - LONGEST_HOLIDAY,
        ends_on__lte=today + LONGEST_AHEAD,
        agreement__state=Agreement.State.SIGNED,
        agreement__programme__state=Programme.State.OPEN,
        agreement__programme__plan__agreed_at__isnull=False,
    )
    later = AgreementTerm.objects.filter(
        agreement=OuterRef("agreement"), number__gt=OuterRef("number"), starts_on__lte=today
    )
    reviews = TermReview.objects.filter(programme=OuterRef(OF), term=OuterRef("number"))
    wanting = begun.filter(~Exists(later), ~Exists(reviews))
    return wanting.order_by("pk").values_list(OF, f"{OF}__school", "number", "ends_on")
