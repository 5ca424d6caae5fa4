"""What counts over many programmes as it stood at a moment: days that were given, figures that came."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum

from support.directory.models import LedgerEntry
from support.progress.models import MeasureValue


def days_given(by: datetime) -> Subquery:
    """For a row of strands: the days of it that the ledger had delivered by then, or none."""
    lines = LedgerEntry.objects.filter(
        strand_id=OuterRef("pk"), kind=LedgerEntry.Kind.DELIVERED, made_at__lt=by
    )
    given = lines.order_by().values("strand_id").annotate(n=Sum("days")).values("n")
    return Subquery(given, output_field=DecimalField(max_digits=8, decimal_places=1))


def ahead_of_plan(by: datetime) -> Subquery:
    """For a row of measures: by how much the latest figure that was planned and came exceeds it."""
    values = MeasureValue.objects.filter(
        measure=OuterRef("pk"),
        point__gt=0,
        actual__isnull=False,
        planned__isnull=False,
        entered_at__lt=by,
    )
    ahead = values.order_by("-point").annotate(ahead=F("actual") - F("planned"))
    return Subquery(ahead.values("ahead")[:1])


def is_as_planned(ahead: Decimal, *, is_better_lower: bool) -> bool:
    """Whether a figure is as planned or better."""
    return ahead <= 0 if is_better_lower else ahead >= 0
