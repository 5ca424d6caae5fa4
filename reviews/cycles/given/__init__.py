"""Reciprocity: the days on which a school's people review others, and those on which others come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, DayPlace, ReviewDay

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
    def given_share(self) -> int:
        """How long its bar of days given is, of a hundred."""
        return _share(self.given, self.most)

    @property
    def received_share(self) -> int:
        """How long its bar of days received is, of a hundred."""
        return _share(self.received, self.most)


def balances_of(cycle: Cycle) -> list[Balance]:
    """By name, each host and each school that sends somebody; in two queries."""
    names: dict[int, str] = dict(answer(_hosts, cycle=cycle.pk))
    length = LENGTHS[Cycle.Length(cycle.length)]
    given: dict[int, Decimal] = {}
    received: dict[int, Decimal] = {}
    for host, home, home_name in answer(_visits, cycle=cycle.pk):
        received[host] = received.get(host, Decimal(0)) + length
        if home is not None:
            names.setdefault(home, home_name)
            given[home] = given.get(home, Decimal(0)) + length
    most = max((*given.values(), *received.values()), default=Decimal(1))
    rows = [
        Balance(name, given.get(pk, Decimal(0)), received.get(pk, Decimal(0)), most)
        for pk, name in names.items()
    ]
    return sorted(rows, key=lambda row: row.school)


def _hosts(*, cycle: int) -> QuerySet[CycleHost, Any]:
    hosts = CycleHost.objects.filter(cycle=cycle, left_at=None)
    return hosts.values_list("school", "school__name")


def _visits(*, cycle: int) -> QuerySet[DayPlace, Any]:
    places = DayPlace.objects.filter(day__cycle=cycle, ended_at=None)
    going = places.exclude(answer=DayPlace.Answer.DECLINED)
    standing = going.exclude(day__state=ReviewDay.State.CANCELLED)
    return standing.values_list(
        "day__school", "reviewer__reviewer__school", "reviewer__reviewer__school__name"
    )


def _share(amount: Decimal, most: Decimal) -> int:
    return round(100 * amount / most) if most else 0
