"""What support takes and brings over a whole alliance, told so that no number points at a school."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum

from support.directory.models import LedgerEntry
from support.programmes.figures import told
from support.programmes.models import Strand
from support.progress.models import Measure, MeasureValue

NONE = Decimal(0)


@dataclass
class KindMoney:
    """One kind of strand over all programmes of an alliance.

    `without_cost` counts strands of which no cost is known; `outcomes` are measures of objectives
    that such strands serve, planned and come, `reached` those as planned or better.
    """

    kind: str
    programmes: set[int] = field(default_factory=set)
    schools: set[int] = field(default_factory=set)
    days: Decimal = NONE
    cost: Decimal = NONE
    without_cost: int = 0
    outcomes: int = 0
    reached: int = 0

    @property
    def words(self) -> str:
        """What kind of support it is."""
        return str(Strand.Kind(self.kind).label)

    @property
    def count(self) -> int:
        """In how many programmes."""
        return len(self.programmes)


def money_of_alliance(alliance_id: int, *, by: datetime) -> list[KindMoney]:
    """Programmes, days, cost and outcomes by kind of strand, as they stood at a moment.

    Kinds that serve fewer than five schools are left out, and one more where a single one could be
    worked out; no totals are given, from which one could.
    """
    kinds: dict[str, KindMoney] = {}
    for kind, programme, school, cost, giver, day_cost, given in _strands(alliance_id, by):
        days = given or NONE
        money = kinds.setdefault(kind, KindMoney(kind))
        money.programmes.add(programme)
        money.schools.add(school)
        money.days += days
        if cost is not None:
            money.cost += cost
        elif giver is not None and day_cost is not None:
            money.cost += days * day_cost
        else:
            money.without_cost += 1
    for kind, ahead_by in _outcomes(alliance_id, by).items():
        if kind in kinds:
            kinds[kind].outcomes = len(ahead_by)
            kinds[kind].reached = sum(ahead_by.values())
    shown = {
        line.words for line in told((each.words, len(each.schools)) for each in kinds.values())
    }
    lines = [each for each in kinds.values() if each.words in shown]
    return sorted(lines, key=lambda line: (-line.count, line.words))


def _strands(alliance_id: int, by: datetime) -> QuerySet[Strand, Any]:
    entries = LedgerEntry.objects.filter(
        strand_id=OuterRef("pk"), kind=LedgerEntry.Kind.DELIVERED, made_at__lt=by
    )
    given = entries.order_by().values("strand_id").annotate(n=Sum("days")).values("n")
    strands = Strand.objects.filter(
        programme__alliance=alliance_id, programme__signed_at__lt=by, released_at=None
    )
    return strands.order_by("pk").values_list(
        "kind",
        "programme_id",
        "programme__school_id",
        "cost",
        "practitioner_id",
        "programme__alliance__support_rules__day_cost",
        Subquery(given, output_field=DecimalField(max_digits=8, decimal_places=1)),
    )


def _outcomes(alliance_id: int, by: datetime) -> dict[str, dict[int, bool]]:
    """By kind of strand: each measure that it serves, and whether it is as planned or better."""
    values = MeasureValue.objects.filter(
        measure=OuterRef("pk"),
        point__gt=0,
        actual__isnull=False,
        planned__isnull=False,
        entered_at__lt=by,
    )
    ahead = values.order_by("-point").annotate(ahead=F("actual") - F("planned")).values("ahead")
    measures = Measure.objects.filter(
        programme__alliance=alliance_id,
        programme__signed_at__lt=by,
        dropped_at=None,
        objective__dropped_at=None,
        objective__strands__released_at=None,
    )
    rows = measures.order_by().values_list(
        "pk", "is_better_lower", "objective__strands__kind", Subquery(ahead[:1])
    )
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for pk, is_better_lower, kind, more in rows:
        if kind is not None and more is not None:
            found[kind][pk] = more <= 0 if is_better_lower else more >= 0
    return found
