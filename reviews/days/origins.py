"""A part of a report, with which something in another room begins."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import OriginKind
from partnership.toolkit.statements import answer
from reviews.days.models import Crossing, ReportPart, Review, moments
from reviews.days.parts.crossings import PART
from reviews.days.permissions import rights_in_review
from reviews.days.services.crossing import keep_crossing

BEGAN = "Began with a finding of a review"


def keep(origin: int, *, kind: str, thing_id: int, by: Person, now: datetime) -> None:
    """Link it, if she still may; what she begins elsewhere is hers to begin either way."""
    parts = ReportPart.objects.select_related("report__review__cycle").filter(pk=origin)
    part = parts.first()
    if part is not None and rights_in_review(by, part.report.review, now).may_begin_elsewhere:
        keep_crossing(part=part, kind=kind, thing_id=thing_id, by=by, now=now)


def shown(person: Person, *, kind: str, thing_id: int, now: datetime) -> list[tuple[str, str]]:
    """The report with which a thing began, to those alone who may read that report."""
    told = {"person": person, "kind": kind, "thing": thing_id, **moments(now)}
    days = dict.fromkeys(day for (day,) in answer(_readable, **told))
    return [(BEGAN, address("days:report_detail", day)) for day in days]


def _readable(
    *, person: Person, kind: str, thing: int, on: date, since: datetime
) -> QuerySet[Review, Any]:
    readable = Review.objects.with_report_for(person, on=on, since=since)
    crossings = Crossing.objects.filter(kind=kind, thing_id=thing)
    found = readable.filter(
        day__isnull=False, pk__in=crossings.order_by().values("part__report__review")
    )
    return found.order_by("pk").values_list("day")


ORIGINS = (OriginKind(key=PART, keep=keep, shown=shown),)
