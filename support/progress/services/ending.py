"""The end of the terms of support: both heads look back, then it is followed up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.days import UK, next_school_day, previous_school_day
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from support.programmes.models import Agreement, AgreementTerm, Programme
from support.programmes.services.asking import school_days_later
from support.programmes.services.telling import (
    both_schools_of,
    directors_of,
    record_of,
    tell_change,
    tell_turn,
)
from support.programmes.terms import next_terms
from support.progress.course import terms_of
from support.progress.models import (
    SIDES_AT_THE_END,
    Ending,
    FinalView,
    SustainCheck,
    TermReview,
)
from support.progress.services.going_on import NotGoingOn, running

FINAL_VIEW_DAYS = 10
SILENT_DAYS = 10
CHECKBACK_DAYS = timedelta(days=90)
CHECKS = 2


class FinalReviewOpen(Exception):
    """The final review was opened before."""


class NotTheLastTerm(Exception):
    """The last term of the support has not begun."""


class NoFinalReview(Exception):
    """The final review is not open, or it is over."""


class FinalViewGiven(Exception):
    """This school has given its final view."""


class MoreTimeToAnswer(Exception):
    """A school that is silent still has time to look back."""


@transaction.atomic
def open_ending(*, programme: Programme, by: Person | None, now: datetime) -> Ending:
    """Ask both heads to look back at the whole; from the last term on."""
    current = running(programme)
    last = terms_of(current).last
    if last is not None and last.starts_on > london_day(now):
        raise NotTheLastTerm
    due_at = school_days_later(now, FINAL_VIEW_DAYS, school=current.school_id)
    ending, is_new = Ending.objects.get_or_create(
        programme=current, defaults={"opened_at": now, "due_at": due_at}
    )
    if not is_new:
        raise FinalReviewOpen
    heads = both_schools_of(current, on=london_day(now))
    tell_turn(current, heads, what="final-review", by=by, now=now)
    record_of("final review opened", current, by=by, now=now)
    return ending


def open_due_endings(*, now: datetime) -> int:
    """Open the final reviews of programmes whose terms are over or all reviewed; how many."""
    opened = 0
    for programme in _over(london_day(now)):
        try:
            open_ending(programme=programme, by=None, now=now)
            opened += 1
        except (FinalReviewOpen, NotGoingOn, NotTheLastTerm):
            continue
    return opened


def _over(today: date) -> QuerySet[Programme]:
    terms = AgreementTerm.objects.filter(
        agreement__programme=OuterRef("pk"), agreement__state=Agreement.State.SIGNED
    ).order_by("-number")
    closed = TermReview.objects.filter(programme=OuterRef("pk"), closed_at__isnull=False)
    counted = closed.order_by().values("programme").annotate(n=Count("pk")).values("n")
    running_now = Programme.objects.filter(
        state=Programme.State.OPEN, signed_at__isnull=False, ending=None
    )
    said = running_now.annotate(
        last_day=Subquery(terms.values("ends_on")[:1]),
        last_term=Subquery(terms.values("number")[:1]),
        reviewed=Subquery(counted),
    )
    return said.filter(Q(last_day__lt=today) | Q(reviewed__gte=F("last_term"))).order_by("pk")


@transaction.atomic
def keep_final_view(
    *,
    programme: Programme,
    side: str,
    changes: Mapping[str, str],
    is_given: bool,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> FinalView:
    """Keep how one school sees the whole as a draft, or give it; the second one ends the terms."""
    current = running(programme)
    ending = _open_ending_of(current)
    view, is_new = FinalView.objects.get_or_create(
        programme=current, side=side, defaults={"written_by": by, "saved_at": now}
    )
    if view.given_at is not None:
        raise FinalViewGiven
    if not is_new and seen_version is not None and view.version != seen_version:
        raise ChangedSince(view)
    given_at = now if is_given else None
    apply_changes(view, {**changes, "written_by": by, "saved_at": now, "given_at": given_at})
    if is_given:
        record_of("final view given", current, by=by, now=now)
        given = FinalView.objects.filter(programme=current, given_at__isnull=False)
        if given.count() == len(SIDES_AT_THE_END):
            _end_terms(current, ending, by=by, now=now)
    return view


def _open_ending_of(programme: Programme) -> Ending:
    ending = Ending.objects.filter(programme=programme, closed_at=None).first()
    if ending is None:
        raise NoFinalReview
    return lock(ending)


@transaction.atomic
def end_without(*, programme: Programme, by: Person, now: datetime) -> Ending:
    """End the terms though a school is silent: ten school days after its view was due."""
    current = running(programme)
    ending = _open_ending_of(current)
    until = school_days_later(ending.due_at, SILENT_DAYS, school=current.school_id)
    if now < until:
        raise MoreTimeToAnswer
    FinalView.objects.filter(programme=current, given_at=None).delete()
    _end_terms(current, ending, by=by, now=now)
    return ending


def _end_terms(programme: Programme, ending: Ending, *, by: Person, now: datetime) -> None:
    """The support is followed up: two checks in the coming terms, and a look back at the impact."""
    apply_changes(programme, {"state": Programme.State.FOLLOWED})
    dates = dates_for(references([programme.school_id])[programme.school_id])
    by_day = next_school_day(london_day(now) + CHECKBACK_DAYS, dates)
    apply_changes(ending, {"closed_at": now, "checkback_by": _at_five(by_day)})
    last, today = terms_of(programme).last, london_day(now)
    terms = next_terms(last.ends_on if last else today, dates, count=CHECKS)
    if terms[0].ends_on <= today:
        terms = next_terms(today, dates, count=CHECKS)
    SustainCheck.objects.bulk_create(
        SustainCheck(
            programme=programme,
            number=number,
            due_at=_at_five(previous_school_day(term.ends_on, dates)),
        )
        for number, term in enumerate(terms, 1)
    )
    heads = both_schools_of(programme, on=today)
    told = heads | directors_of(programme, on=today)
    tell_change(programme, told, what="terms-ended", by=by, now=now)
    record_of("terms of support ended", programme, by=by, now=now)


def _at_five(day: date) -> datetime:
    return datetime.combine(day, time(17), tzinfo=UK)
