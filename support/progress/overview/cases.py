"""Every programme of an alliance as one case: what was given, and what came of it so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from support.programmes.models import Programme, Side, Strand
from support.progress.figures.counted import ahead_of_plan, days_given, is_as_planned
from support.progress.models import Course, FinalView, Measure, TermReview

NONE = Decimal(0)
CAUTIOUS_FIRST = (Course.STUCK, Course.SLOWER, Course.ON_COURSE, Course.REACHED)


@dataclass(frozen=True)
class Case:
    """One programme; `days` are the days given by kind of strand, of every kind that it has."""

    programme: int
    school: int
    approach: str
    course: str = ""
    days: dict[str, Decimal] = field(default_factory=dict)
    measures: int = 0
    reached: int = 0


def cases_of(alliance_id: int, by: datetime) -> list[Case]:
    """All programmes that were signed by a moment, as they stood at it."""
    days = _days(alliance_id, by)
    measured = _measured(alliance_id, by)
    return [
        Case(
            pk,
            school,
            approach,
            course_of(overall, finals),
            days.get(pk, {}),
            *measured.get(pk, ()),
        )
        for pk, school, approach, overall, *finals in _programmes(alliance_id, by)
    ]


def course_of(overall: str | None, finals: list[str | None]) -> str:
    """The more cautious of the two schools' final views; before, what closed the latest review."""
    said = [final for final in finals if final]
    return next((course for course in CAUTIOUS_FIRST if course in said), overall or "")


def _programmes(alliance_id: int, by: datetime) -> QuerySet[Programme, Any]:
    closed = TermReview.objects.filter(programme=OuterRef("pk"), closed_at__lt=by)
    ends = FinalView.objects.filter(
        programme=OuterRef("pk"), given_at__lt=by, programme__ending__closed_at__lt=by
    )
    signed = Programme.objects.filter(alliance=alliance_id, signed_at__lt=by).order_by("pk")
    return signed.values_list(
        "pk",
        "school_id",
        "approach",
        Subquery(closed.order_by("-term").values("overall")[:1]),
        Subquery(ends.filter(side=Side.SCHOOL).values("overall")[:1]),
        Subquery(ends.filter(side=Side.SUPPORTER).values("overall")[:1]),
    )


def _days(alliance_id: int, by: datetime) -> dict[int, dict[str, Decimal]]:
    strands = Strand.objects.filter(
        programme__alliance=alliance_id, programme__signed_at__lt=by
    ).order_by("pk")
    rows = strands.values_list("programme_id", "kind", "released_at", days_given(by))
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for programme, kind, released_at, days in rows:
        if days or released_at is None:
            found[programme][kind] = found[programme].get(kind, NONE) + (days or NONE)
    return found


def _measured(alliance_id: int, by: datetime) -> dict[int, tuple[int, int]]:
    """How many figures were planned and have come, and how many of them as planned or better."""
    measures = Measure.objects.filter(programme__alliance=alliance_id, dropped_at=None)
    rows = measures.values_list("programme_id", "is_better_lower", ahead_of_plan(by))
    found: dict[int, tuple[int, int]] = {}
    for programme, is_better_lower, ahead in rows:
        if ahead is None:
            continue
        counted, reached = found.get(programme, (0, 0))
        is_reached = is_as_planned(ahead, is_better_lower=is_better_lower)
        found[programme] = counted + 1, reached + is_reached
    return found
