"""Workshops that a school's people led after others' reviews, and that were led for it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value

from partnership.toolkit.registers import (
    ParticipationKind,
    ParticipationWindow,
    participation_rows,
)
from reviews.days.models import Workshop

GIVEN, RECEIVED = "days.workshops_given", "days.workshops_received"
WORDS, UNIT = "Workshops led after reviews", "workshops"


def _held(window: ParticipationWindow) -> QuerySet[Workshop]:
    held = Workshop.objects.filter(held_at__isnull=False, given_up_at=None, champion__isnull=False)
    return held.filter(review__cycle__year=window.year).annotate(one=Value(1))


def _given(window: ParticipationWindow) -> QuerySet[Any, Any]:
    """By the school from which the champion reviews in that cycle."""
    entry = "champion__reviewer_entries"
    led = _held(window).filter(
        **{f"{entry}__school": window.school, f"{entry}__cycles__cycle": F("review__cycle")}
    )
    return participation_rows(led, kind=GIVEN, given="one")


def _received(window: ParticipationWindow) -> QuerySet[Any, Any]:
    own = _held(window).filter(review__school=window.school)
    return participation_rows(own, kind=RECEIVED, received="one")


PARTICIPATION = (
    ParticipationKind(key=GIVEN, words=WORDS, unit=UNIT, rows=_given),
    ParticipationKind(key=RECEIVED, words=WORDS, unit=UNIT, rows=_received),
)
