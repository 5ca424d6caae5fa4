"""Reciprocity: the days on which a school's people review others, and those on which others come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from partnership.toolkit.registers import joined, text
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, DayPlace, ReviewDay

HOST, GIVEN, RECEIVED = "host", "given", "received"
NOTHING = Decimal(0)
LENGTHS = {
    Cycle.Length.HALF: Decimal("0.5"),
    Cycle.Length.ONE: Decimal(1),
    Cycle.Length.TWO: Decimal(2),
    Cycle.Length.THREE: Decimal(3),
}


@dataclass(frozen=True)
class Balance:
    """One school's days given and received in a cycle, held or still to come."""

    school: str
    given: Decimal
    received: Decimal
    most: Decimal

    @property
    def balance(self) -> Decimal:
        """Above nothing when it gives more than it receives."""
        return self.given - self.received

    @property
    def said(self) -> str:
        """The balance with its sign: +2, −1 or 0."""
        amount = f"{abs(self.balance).normalize():f}"
        return amount if not self.balance else f"{'+' if self.balance > 0 else '−'}{amount}"

    @property
    def days_given(self) -> str:
        """7, or 2.5."""
        return f"{self.given.normalize():f}"

    @property
    def days_received(self) -> str:
        """The same of those received."""
        return f"{self.received.normalize():f}"

    @property
    def given_share(self) -> int:
        """How long its bar of days given is, of a hundred."""
        return _share(self.given, self.most)

    @property
    def received_share(self) -> int:
        """How long its bar of days received is, of a hundred."""
        return _share(self.received, self.most)


def balances_of(cycle: Cycle) -> list[Balance]:
    """By name, each host and each school that sends somebody; in one query."""
    names: dict[int, str] = {}
    visits: dict[str, dict[int, int]] = {GIVEN: {}, RECEIVED: {}, HOST: {}}
    for way, school, name, number in answer(_hosts_and_visits, cycle=cycle.pk):
        visits[way][school] = number
        if way != RECEIVED:
            names.setdefault(school, name)
    length = LENGTHS[Cycle.Length(cycle.length)]
    given, received = (
        {school: number * length for school, number in visits[way].items()}
        for way in (GIVEN, RECEIVED)
    )
    most = max((*given.values(), *received.values()), default=Decimal(1))
    rows = [
        Balance(name, given.get(pk, NOTHING), received.get(pk, NOTHING), most)
        for pk, name in names.items()
    ]
    return sorted(rows, key=lambda row: row.school)


def furthest_from_balance(rows: list[Balance], count: int) -> list[Balance]:
    """So many of them, by name: those that give or receive most beyond the other."""
    apart = sorted(rows, key=lambda row: (-abs(row.balance), row.school))
    return sorted(apart[:count], key=lambda row: row.school)


def _hosts_and_visits(*, cycle: int) -> QuerySet[Any, Any]:
    """Each host; each school that sends somebody with its visits; and each with those it receives."""
    hosts = CycleHost.objects.filter(cycle=cycle, left_at=None)
    places = DayPlace.objects.filter(day__cycle=cycle, ended_at=None)
    going = places.exclude(answer=DayPlace.Answer.DECLINED)
    standing = going.exclude(day__state=ReviewDay.State.CANCELLED)
    home = "reviewer__reviewer__school"
    sending = standing.filter(**{f"{home}__isnull": False})
    return joined(
        [
            _counted(hosts, HOST, "school", "school__name"),
            _counted(sending, GIVEN, home, f"{home}__name"),
            _counted(standing, RECEIVED, "day__school", "day__school__name"),
        ]
    )


def _counted(rows: QuerySet[Any, Any], way: str, school: str, name: str) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "way": Value(way, output_field=TextField()),
        "of_school": Cast(F(school), BigIntegerField()),
        "said_name": text(name),
    }
    grouped = rows.order_by().values(**columns)
    counted = grouped.annotate(number=Cast(Count("pk"), BigIntegerField()))
    return counted.values_list(*columns, "number")


def _share(amount: Decimal, most: Decimal) -> int:
    return round(100 * amount / most) if most else 0
