"""Days of support that a school received."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.registers import (
    ParticipationKind,
    ParticipationWindow,
    participation_rows,
)
from support.directory.models import LedgerEntry
from support.directory.participation import UNIT, WORDS
from support.programmes.models import Strand

RECEIVED = "programmes.days_received"


def _received(window: ParticipationWindow) -> QuerySet[Any, Any]:
    strands = Strand.objects.filter(programme__school=window.school).values("pk")
    entries = LedgerEntry.objects.filter(
        kind=LedgerEntry.Kind.DELIVERED,
        strand_id__in=strands,
        account__year=window.year,
    )
    return participation_rows(entries, kind=RECEIVED, received="days")


PARTICIPATION = (ParticipationKind(key=RECEIVED, words=WORDS, unit=UNIT, rows=_received),)
