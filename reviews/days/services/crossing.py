"""What begins elsewhere with a part of a report is linked with it; no word of the report goes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from reviews.days.models import Crossing, ReportPart
from reviews.days.services.telling import record_of


@transaction.atomic
def keep_crossing(
    *, part: ReportPart, kind: str, thing_id: int, by: Person, now: datetime
) -> Crossing:
    """Link a part of the report with what has just begun; `kind` is the key of its bridge."""
    crossing = Crossing.objects.create(
        part=part, kind=kind, thing_id=thing_id, made_by=by, made_at=now
    )
    record_of("something begun with a finding", part.report.review, by=by, now=now)
    return crossing
