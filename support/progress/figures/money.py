"""Value for money: what each strand of a programme takes, and what it serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from partnership.toolkit.statements import answer
from support.directory.matching import in_days
from support.directory.models import LedgerEntry
from support.programmes.models import Programme, Strand
from support.programmes.permissions import Rights
from support.progress.figures.measures import board_of
from support.progress.figures.pictures import change_of
from support.progress.figures.shapes import Board, Followed
from support.progress.models import Held, Objective, Placement

NONE = Decimal(0)
Kind = LedgerEntry.Kind
PROMISED = {Kind.PROMISED: 1, Kind.RELEASED: -1}
STRAND_FACTS = (
    "pk",
    "kind",
    "focus",
    "cost",
    "released_at",
    "given_by",
    "practitioner_id",
    "programme__alliance__support_rules__day_cost",
)


@dataclass(frozen=True)
class Line:
    """One line of the ledger, with how many days it adds to what is promised and delivered."""

    kind: str
    days: Decimal
    made_at: datetime
    note: str
    made_by: str | None

    @property
    def words(self) -> str:
        """What kind of line it is."""
        return str(Kind(self.kind).label)

    @property
    def promised(self) -> Decimal:
        """Days that it adds to what was promised, below none where they were given back."""
        return self.days * PROMISED.get(Kind(self.kind), 0)

    @property
    def delivered(self) -> Decimal:
        """Days that it adds to what was given."""
        return self.days if self.kind == Kind.DELIVERED else NONE


@dataclass(frozen=True)
class Served:
    """An objective that a strand serves, and how each of its measures has changed."""

    words: str
    changes: list[tuple[Followed, str]]


@dataclass
class StrandMoney:
    """What one strand takes, and what it serves."""

    pk: int
    kind: str
    focus: str
    agreed_cost: Decimal | None
    released_at: datetime | None
    given_by: str | None
    practitioner_pk: int | None
    day_cost: Decimal | None
    lines: list[Line] = field(default_factory=list)
    serves: list[Served] = field(default_factory=list)
    placement_days: Decimal = NONE

    @property
    def words(self) -> str:
        """What kind of support it is."""
        return str(Strand.Kind(self.kind).label)

    @property
    def promised(self) -> Decimal:
        """Days promised and not given back, delivered or not."""
        return sum((line.promised for line in self.lines), NONE)

    @property
    def delivered(self) -> Decimal:
        """Days given."""
        return sum((line.delivered for line in self.lines), NONE)

    @property
    def left(self) -> Decimal:
        """Days promised that are still to be given."""
        return self.promised - self.delivered

    @property
    def cost(self) -> Decimal | None:
        """What was agreed; else the days given at what a day costs the alliance."""
        if self.agreed_cost is not None:
            return self.agreed_cost
        if self.day_cost is None or self.practitioner_pk is None:
            return None
        return self.delivered * self.day_cost

    @property
    def cost_words(self) -> str:
        """Where the cost comes from."""
        if self.agreed_cost is not None:
            return "as agreed for the whole strand"
        if self.cost is None:
            return "no cost is known"
        return f"{in_days(self.delivered)} at £{self.day_cost:,.2f}"


@dataclass(frozen=True)
class Money:
    """All strands of a programme, and days of placements outside them."""

    strands: list[StrandMoney]
    other_placement_days: Decimal
    has_hidden: bool

    @property
    def promised(self) -> Decimal:
        """Of all strands."""
        return sum((strand.promised for strand in self.strands), NONE)

    @property
    def delivered(self) -> Decimal:
        """Of all strands."""
        return sum((strand.delivered for strand in self.strands), NONE)

    @property
    def left(self) -> Decimal:
        """Of all strands."""
        return self.promised - self.delivered

    @property
    def placement_days(self) -> Decimal:
        """Held placements of all strands and of none."""
        days = (strand.placement_days for strand in self.strands)
        return sum(days, self.other_placement_days)

    @property
    def cost(self) -> Decimal | None:
        """As far as it is known."""
        costs = [strand.cost for strand in self.strands if strand.cost is not None]
        return sum(costs, NONE) if costs else None

    @property
    def without_cost(self) -> int:
        """How many strands have no known cost."""
        return sum(strand.cost is None for strand in self.strands)


def _strands(*, programme: Programme) -> QuerySet[Strand, Any]:
    names = ("practitioner__person__name", "school_offer__school__name", "outside_expert__name")
    named = Strand.objects.filter(programme=programme).annotate(given_by=Coalesce(*names))
    return named.order_by("brokered_at", "pk").values_list(*STRAND_FACTS)


def _lines(*, programme: Programme) -> QuerySet[LedgerEntry, Any]:
    strands = Strand.objects.filter(programme=programme).values("pk")
    entries = LedgerEntry.objects.filter(strand_id__in=strands).order_by("made_at", "pk")
    return entries.values_list("strand_id", "kind", "days", "made_at", "note", "made_by__name")


def _objectives(*, programme: Programme) -> QuerySet[Objective, Any]:
    standing = Objective.objects.filter(programme=programme, dropped_at=None)
    served = standing.filter(strands__isnull=False).order_by("position", "pk", "strands")
    return served.values_list("strands", "pk", "words")


def _placements(*, programme: Programme) -> QuerySet[Placement, Any]:
    held = Placement.objects.filter(programme=programme, state=Held.HELD)
    return held.order_by("pk").values_list("strand_id", "days")


def money_of(rights: Rights, on: date) -> Money:
    """Days, costs and outcomes of each strand that stands or in which days were given."""
    programme = rights.programme
    board = board_of(rights, on)
    strands = {row[0]: StrandMoney(*row) for row in answer(_strands, programme=programme)}
    for strand, *facts in answer(_lines, programme=programme):
        strands[strand].lines.append(Line(*facts))
    for strand, objective, words in answer(_objectives, programme=programme):
        if strand in strands:
            strands[strand].serves.append(Served(words, _changes(board, objective)))
    elsewhere = NONE
    for strand, days in answer(_placements, programme=programme):
        if strand in strands:
            strands[strand].placement_days += days
        else:
            elsewhere += days
    return Money(_shown(strands.values()), elsewhere, board.has_hidden)


def _changes(board: Board, objective: int) -> list[tuple[Followed, str]]:
    """How each measure of an objective has changed, in words."""
    followed = (each for each in board.measures if each.objective_pk == objective)
    return [(each, change_of(each)) for each in followed]


def _shown(strands: Iterable[StrandMoney]) -> list[StrandMoney]:
    return [each for each in strands if each.released_at is None or each.delivered]
