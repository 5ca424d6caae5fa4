"""Days on which a school's people reviewed others, and on which colleagues reviewed it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DecimalField, QuerySet, Value, When

from partnership.toolkit.registers import (
    ParticipationKind,
    ParticipationWindow,
    participation_rows,
)
from reviews.cycles.models import Cycle, DayPlace, ReviewDay

GIVEN, RECEIVED = "cycles.reviews_given", "cycles.reviews_received"
WORDS, UNIT = "Reviews of one another’s schools", "days"
Length = Cycle.Length


def _held(window: ParticipationWindow) -> QuerySet[DayPlace]:
    """Places on days that were held, with how long each was."""
    length = Case(
        When(day__cycle__length=Length.HALF, then=Value("0.5")),
        When(day__cycle__length=Length.TWO, then=Value("2")),
        When(day__cycle__length=Length.THREE, then=Value("3")),
        default=Value("1"),
        output_field=DecimalField(max_digits=10, decimal_places=1),
    )
    places = DayPlace.objects.filter(ended_at=None, day__state=ReviewDay.State.HELD)
    went = places.exclude(answer=DayPlace.Answer.DECLINED)
    return went.filter(day__cycle__year=window.year).annotate(review_days=length)


def _given(window: ParticipationWindow) -> QuerySet[Any, Any]:
    gone = _held(window).filter(reviewer__reviewer__school=window.school)
    return participation_rows(gone, kind=GIVEN, given="review_days")


def _received(window: ParticipationWindow) -> QuerySet[Any, Any]:
    come = _held(window).filter(day__school=window.school)
    return participation_rows(come, kind=RECEIVED, received="review_days")


PARTICIPATION = (
    ParticipationKind(key=GIVEN, words=WORDS, unit=UNIT, rows=_given),
    ParticipationKind(key=RECEIVED, words=WORDS, unit=UNIT, rows=_received),
)
