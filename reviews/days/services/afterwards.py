"""What stands after the release: a workshop to hold, a check-back to give, and by when."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.dates import TermDates
from partnership.calendar.days import UK, next_school_day, school_days_after
from partnership.toolkit.versions import lock
from reviews.days.models import CheckBack, Meaning, ReportPart, Review, Workshop

HOLD_WITHIN = 20
CHECK_BACK_AFTER = timedelta(days=90)
FIVE = time(17)


class NotReleased(Exception):
    """Nothing follows from a report before it is the school's."""


class NotOfReport(Exception):
    """The part belongs to another report, or isn't an area for development."""


def locked_review(review: Review) -> Review:
    """The review's row, locked; its cycle and day stay loaded. Raises NotReleased."""
    current = lock(review)
    if current.released_at is None:
        raise NotReleased
    current.cycle, current.day = review.cycle, review.day
    return current


def workshop_of(review: Review) -> Workshop:
    """The workshop of a locked review, begun if it isn't there yet."""
    found = Workshop.objects.filter(review=review).first()
    return found or Workshop.objects.create(review=review, hold_by=hold_by(review))


def check_back_of(review: Review) -> CheckBack:
    """The check-back of a locked review, begun if it isn't there yet."""
    found = CheckBack.objects.filter(review=review).first()
    return found or CheckBack.objects.create(review=review, due_at=check_back_due(review))


def hold_by(review: Review) -> datetime:
    """Twenty school days after the release."""
    return school_days_after(_released(review), HOLD_WITHIN, dates=_dates(review))


def check_back_due(review: Review) -> datetime:
    """Ninety days after the release, at 5pm of a school day."""
    day = (_released(review) + CHECK_BACK_AFTER).astimezone(UK).date()
    return datetime.combine(next_school_day(day, _dates(review)), FIVE, tzinfo=UK)


def _released(review: Review) -> datetime:
    if review.released_at is None:
        raise NotReleased
    return review.released_at


def _dates(review: Review) -> TermDates | None:
    found = references([review.school_id]).get(review.school_id)
    return dates_for(found) if found is not None else None


def require_area(review: Review, part: ReportPart) -> None:
    """Raises NotOfReport unless it is an area for development of the review's report."""
    areas = ReportPart.objects.filter(
        pk=part.pk, report__review=review, meaning=Meaning.DEVELOPMENT
    )
    if not areas.exists():
        raise NotOfReport
