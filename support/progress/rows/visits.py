"""Visits as rows: what was given of the days agreed, and where the note of each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    DecimalField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from partnership.people.models import Person
from partnership.toolkit.statements import answer
from support.directory.matching import in_days
from support.directory.models import LedgerEntry
from support.programmes.models import Programme, Strand, StrandDays
from support.programmes.permissions import Rights
from support.progress.models import Held, Visit, VisitNote

DAYS = DecimalField(max_digits=6, decimal_places=1)
NONE = Decimal(0)
COLUMNS = (
    "pk",
    "starts_at",
    "ends_at",
    "purpose",
    "days",
    "state",
    "is_follow_up",
    "visitor__name",
    "strand__kind",
    "note_by",
    "note__given_at",
    "note__accuracy",
    "agreed",
    "given",
    "given_until",
)
LATEST = 5
REST = "rest:"
Accuracy = VisitNote.Accuracy
CHECKED = {
    Accuracy.ACCURATE.value: ("done", "Agreed"),
    Accuracy.DISPUTED.value: ("soon", "Not agreed in some points"),
}


@dataclass(frozen=True)
class Totals:
    """How many days were agreed, given, and are left."""

    agreed: Decimal
    given: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be given."""
        return self.agreed - self.given

    @property
    def words(self) -> str:
        """8 days agreed, 6 given, 2 left."""
        return (
            f"{in_days(self.agreed)} agreed, {_number(self.given)} given, {_number(self.left)} left"
        )

    @property
    def share(self) -> int:
        """How much of the meter is full, in hundredths."""
        return min(100, int(100 * self.given / self.agreed)) if self.agreed else 0


@dataclass(frozen=True)
class Line:
    """A visit with how its note looks."""

    row: Any
    tone: str
    words: str
    what: str

    @property
    def days(self) -> str:
        """As the table has it: 1.5."""
        return _number(self.row.days)

    @property
    def left(self) -> str:
        """Days left after it, where it was held for a strand."""
        counts = self.row.state == Held.HELD and self.row.strand__kind is not None
        return _number(self.row.agreed - self.row.given_until) if counts else ""


def _number(days: Decimal) -> str:
    return in_days(days).partition(" ")[0]


def line_of(row: Any, now: datetime) -> Line:
    """A row with the words for where it stands; late comes first."""
    kind = Strand.Kind(row.strand__kind).label if row.strand__kind else "Supporting head"
    what = f"{kind}, after the last term" if row.is_follow_up else str(kind)
    return Line(row, *standing_of(row, now), what)


def standing_of(row: Any, now: datetime) -> tuple[str, str]:
    """Tone and words for where a visit and its note stand."""
    if row.state == Held.CANCELLED:
        return "plain", "Cancelled"
    if row.state == Held.PLANNED:
        return ("soon", "Was it held?") if row.ends_at < now else ("plain", "Planned")
    if row.note__given_at is None:
        return ("late", "Late") if row.note_by < now else ("soon", "Still to be written")
    return CHECKED.get(row.note__accuracy, ("note", "To be checked"))


def strands_seen(rights: Rights) -> QuerySet[Strand]:
    """All of the programme's; a practitioner counts her own alone."""
    return strands_of(rights.sees_every_strand, programme=rights.programme.pk, person=rights.person)


def strands_of(
    sees_all: bool,  # noqa: FBT001 a shape of the SELECT
    *,
    programme: Any,
    person: Person,
) -> QuerySet[Strand]:
    """The same by her key, for a SELECT that is composed once."""
    strands = Strand.objects.filter(programme=programme, released_at=None).order_by()
    return strands if sees_all else strands.filter(practitioner__person=person)


def _agreed(strands: QuerySet[Strand]) -> ExpressionWrapper:
    """One number for all rows: what was agreed of these strands and not given back at the end."""
    days = StrandDays.objects.filter(strand__in=strands).order_by()
    back = LedgerEntry.objects.filter(
        kind=LedgerEntry.Kind.RELEASED, key__startswith=REST, strand_id__in=strands.values("pk")
    ).order_by()
    kept = _sum(days.annotate(of_all=Value(1)).values("of_all")) - _sum(
        back.annotate(of_all=Value(1)).values("of_all")
    )
    return ExpressionWrapper(kept, output_field=DAYS)


def _given(strands: QuerySet[Strand], *, until: bool) -> Coalesce:
    """What was given of these strands; until each row's visit, or in all."""
    held = Visit.objects.filter(state=Held.HELD, strand__in=strands).order_by()
    if until:
        before = Q(starts_at__lt=OuterRef("starts_at"))
        at_once = Q(starts_at=OuterRef("starts_at"), pk__lte=OuterRef("pk"))
        held = held.filter(before | at_once)
    return _sum(held.annotate(of_all=Value(1)).values("of_all"))


def _sum(grouped: QuerySet[Any, Any]) -> Coalesce:
    added = grouped.annotate(added=Sum("days")).values("added")
    return Coalesce(Subquery(added, output_field=DAYS), Value(NONE), output_field=DAYS)


def with_days(visits: QuerySet[Visit], strands: QuerySet[Strand]) -> QuerySet[Visit, Any]:
    """Visits as named rows, the latest first."""
    rows = visits.annotate(
        agreed=_agreed(strands),
        given=_given(strands, until=False),
        given_until=_given(strands, until=True),
    )
    return rows.order_by("-starts_at", "-pk").values_list(*COLUMNS, named=True)


def totals_of(rights: Rights) -> Totals:
    """Days agreed and given, where no visit is there to say it."""
    strands = strands_seen(rights)
    rows = Programme.objects.filter(pk=rights.programme.pk).order_by()
    rows = rows.annotate(agreed=_agreed(strands), given=_given(strands, until=False))
    return Totals(*rows.values_list("agreed", "given")[0])


def _latest(sees_all: bool, *, programme: Any, person: Person) -> QuerySet[Visit, Any]:  # noqa: FBT001 a shape of the SELECT
    strands = strands_of(sees_all, programme=programme, person=person)
    visits = Visit.objects.filter(programme=programme).exclude(state=Held.CANCELLED)
    return with_days(visits, strands)[:LATEST]


def latest_visits(rights: Rights) -> list[Any]:
    """The last few that weren't called off, with the totals beside each."""
    told = {"programme": rights.programme.pk, "person": rights.person}
    return list(answer(_latest, rights.sees_every_strand, **told))
