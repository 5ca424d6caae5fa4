"""What support takes and brings over a whole alliance, told so that no number points at a school."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from support.programmes.figures import told
from support.programmes.models import Strand
from support.progress.figures.counted import ahead_of_plan, days_given, is_as_planned
from support.progress.models import Measure

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
    """Also those that were given up, for the days that they had given by then."""
    strands = Strand.objects.filter(
        programme__alliance=alliance_id, programme__signed_at__lt=by
    ).annotate(given=days_given(by))
    counted = strands.filter(Q(released_at=None) | Q(given__gt=0))
    return counted.order_by("pk").values_list(
        "kind",
        "programme_id",
        "programme__school_id",
        "cost",
        "practitioner_id",
        "programme__alliance__support_rules__day_cost",
        "given",
    )


def _outcomes(alliance_id: int, by: datetime) -> dict[str, dict[int, bool]]:
    """By kind of strand: each measure that it serves, and whether it is as planned or better."""
    measures = Measure.objects.filter(
        programme__alliance=alliance_id,
        programme__signed_at__lt=by,
        dropped_at=None,
        objective__dropped_at=None,
        objective__strands__released_at=None,
    )
    rows = measures.order_by().values_list(
        "pk", "is_better_lower", "objective__strands__kind", ahead_of_plan(by)
    )
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for pk, is_better_lower, kind, ahead in rows:
        if kind is not None and ahead is not None:
            found[kind][pk] = is_as_planned(ahead, is_better_lower=is_better_lower)
    return found
