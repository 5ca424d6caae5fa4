"""Reciprocity: the days on which a school's people review others, and those on which others come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Cast

from partnership.toolkit.registers import joined, text
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, DayPlace, ReviewDay

NO_VISIT = 0
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
    length = LENGTHS[Cycle.Length(cycle.length)]
    given: dict[int, Decimal] = {}
    received: dict[int, Decimal] = {}
    for host, home, name in answer(_hosts_and_visits, cycle=cycle.pk):
        if home == NO_VISIT:
            names[host] = name
            continue
        received[host] = received.get(host, Decimal(0)) + length
        if home is not None:
            names.setdefault(home, name)
            given[home] = given.get(home, Decimal(0)) + length
    most = max((*given.values(), *received.values()), default=Decimal(1))
    rows = [
        Balance(name, given.get(pk, Decimal(0)), received.get(pk, Decimal(0)), most)
        for pk, name in names.items()
    ]
    return sorted(rows, key=lambda row: row.school)


def furthest_from_balance(rows: list[Balance], count: int) -> list[Balance]:
    """So many of them, by name: those that give or receive most beyond the other."""
    apart = sorted(rows, key=lambda row: (-abs(row.balance), row.school))
    return sorted(apart[:count], key=lambda row: row.school)


def _hosts_and_visits(*, cycle: int) -> QuerySet[Any, Any]:
    """The name of each host, and for each visit its host, the home of who goes, and its name."""
    hosts = CycleHost.objects.filter(cycle=cycle, left_at=None).order_by()
    places = DayPlace.objects.filter(day__cycle=cycle, ended_at=None).order_by()
    going = places.exclude(answer=DayPlace.Answer.DECLINED)
    standing = going.exclude(day__state=ReviewDay.State.CANCELLED)
    home = "reviewer__reviewer__school"
    return joined(
        [
            _row(hosts, F("school"), Value(NO_VISIT), "school__name"),
            _row(standing, F("day__school"), F(home), f"{home}__name"),
        ]
    )


def _row(rows: QuerySet[Any, Any], host: F, home: Any, name: str) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "host_school": Cast(host, BigIntegerField()),
        "home_school": Cast(home, BigIntegerField()),
        "said_name": text(name),
    }
    return rows.annotate(**columns).values_list(*columns)


def _share(amount: Decimal, most: Decimal) -> int:
    return round(100 * amount / most) if most else 0
