"""Days that the school's people gave other schools."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.registers import (
    ParticipationKind,
    ParticipationWindow,
    participation_rows,
)
from support.directory.models import LedgerEntry

GIVEN = "directory.days_given"
WORDS, UNIT = "Days of support", "days"


def _given(window: ParticipationWindow) -> QuerySet[Any, Any]:
    entries = LedgerEntry.objects.filter(
        kind=LedgerEntry.Kind.DELIVERED,
        account__school=window.school,
        account__year=window.year,
    )
    return participation_rows(entries, kind=GIVEN, given="days")


PARTICIPATION = (ParticipationKind(key=GIVEN, words=WORDS, unit=UNIT, rows=_given),)
