"""Days on which schools host colleagues of others."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear

from partnership.toolkit.registers import (
    ParticipationKind,
    ParticipationWindow,
    participation_rows,
)
from support.progress.models import Held, Placement

HOSTED, RECEIVED = "progress.days_hosted", "progress.days_placed"
WORDS, UNIT = "Colleagues of other schools hosted", "days"
SEPTEMBER = 9


def _held(window: ParticipationWindow) -> QuerySet[Placement]:
    """Those that began in the academic year."""
    placements = Placement.objects.filter(state=Held.HELD)
    months = placements.annotate(month_of=ExtractMonth("starts_at"))
    before = Case(
        When(month_of__lt=SEPTEMBER, then=Value(1)), default=0, output_field=IntegerField()
    )
    years = months.annotate(year_of=ExtractYear(F("starts_at")) - before)
    return years.filter(year_of=window.year)


def _given(window: ParticipationWindow) -> QuerySet[Any, Any]:
    hosted = _held(window).filter(host=window.school)
    return participation_rows(hosted, kind=HOSTED, given="days")


def _received(window: ParticipationWindow) -> QuerySet[Any, Any]:
    placed = _held(window).filter(programme__school=window.school)
    return participation_rows(placed, kind=RECEIVED, received="days")


PARTICIPATION = (
    ParticipationKind(key=HOSTED, words=WORDS, unit=UNIT, rows=_given),
    ParticipationKind(key=RECEIVED, words=WORDS, unit=UNIT, rows=_received),
)
