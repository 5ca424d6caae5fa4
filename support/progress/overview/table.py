"""The programmes of an alliance as a table: how far each is, and nothing that was written in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from alliances.membership.models import Alliance
from partnership.toolkit.exports import Column
from partnership.toolkit.spoken_dates import london_day
from support.programmes.models import Agreement, AgreementTerm, Programme, Stage
from support.progress.duties.lateness import late_rows
from support.progress.models import Course, TermReview

NAMES = (
    "pk",
    "state",
    "stage",
    "school__name",
    "area__name",
    "supporting_school__name",
    "director__name",
    "term_now",
    "review_due",
    "next_on",
    "overall",
)
COLUMNS = (
    Column("School", lambda line: line.row.school__name, 34),
    Column("Area", lambda line: line.row.area__name, 28),
    Column("Supporting school", lambda line: line.row.supporting_school__name, 34),
    Column("Looked after by", lambda line: line.row.director__name, 28),
    Column("Stage", lambda line: line.stage, 22),
    Column("Term now", lambda line: line.row.term_now),
    Column("Review open until", lambda line: line.row.review_due),
    Column("Next review on", lambda line: line.row.next_on),
    Column("Overall in the latest review", lambda line: line.overall, 24),
    Column("Things late", lambda line: line.late),
)


@dataclass(frozen=True)
class Line:
    """A programme with what is late in it."""

    row: Any
    late: int

    @property
    def stage(self) -> str:
        """How far it has come, and how it ended."""
        stage = Stage(self.row.stage)
        return str(Programme.State(self.row.state).label if stage == Stage.ENDED else stage.label)

    @property
    def overall(self) -> str:
        """The latest closed review's word."""
        return str(Course(self.row.overall).label) if self.row.overall else ""


def _rows(alliance: Alliance, now: datetime) -> QuerySet[Programme, Any]:
    reviews = TermReview.objects.filter(programme=OuterRef("pk")).order_by("-term")
    closed = reviews.filter(closed_at__isnull=False)
    begun = AgreementTerm.objects.filter(
        agreement__programme=OuterRef("pk"),
        agreement__state=Agreement.State.SIGNED,
        starts_on__lte=london_day(now),
    )
    signed = Programme.objects.filter(alliance=alliance, signed_at__isnull=False).with_stage()
    said = signed.annotate(
        term_now=Subquery(begun.order_by("-number").values("number")[:1]),
        review_due=Subquery(reviews.filter(closed_at=None).values("due_at")[:1]),
        next_on=Subquery(closed.values("next_on")[:1]),
        overall=Subquery(closed.values("overall")[:1]),
    )
    return said.order_by("school__search_text", "area__name", "pk").values_list(*NAMES, named=True)


def rows_of(alliance: Alliance, now: datetime) -> Iterator[Line]:
    """Programmes that were ever signed, by school, each with how much of it is late."""
    late = Counter(row.late_of for row in late_rows(alliance=alliance, now=now))
    for row in _rows(alliance, now).iterator(chunk_size=1_000):
        yield Line(row, late[row.pk])
