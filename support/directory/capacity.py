"""How many days of an academic year somebody may be asked for, and what makes a figure up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from partnership.calendar.years import AcademicYear
from support.directory.models import CapacityAccount, HomeConsent, LedgerEntry, Practitioner

NONE = Decimal(0)
MOST_YEARS_AHEAD = 3


def entitled_days(practitioner: Practitioner, year: AcademicYear) -> Decimal:
    """The smaller of what she offers and what her head agrees to; without consent none.

    Who has no home school needs nobody's consent.
    """
    ends_on = practitioner.ends_on
    is_over = ends_on is not None and ends_on < year.first_day
    if is_over or practitioner.starts_on > year.last_day:
        return NONE
    own = Decimal(practitioner.days_a_year)
    if practitioner.home_school_id is None:
        return own
    consents = HomeConsent.objects.filter(
        practitioner=practitioner,
        school=practitioner.home_school_id,
        withdrawn_at__isnull=True,
        starts_on__lte=year.last_day,
        ends_on__gte=year.first_day,
    )
    agreed = consents.order_by("-days_a_year").values_list("days_a_year", flat=True).first()
    return min(own, agreed or NONE)


def years_ahead(practitioner: Practitioner, today: date) -> list[int]:
    """This academic year and the following ones that a consent, or her own word, reaches."""
    this = AcademicYear.containing(today).start
    if practitioner.home_school_id is None:
        return [this, this + 1]
    consents = practitioner.consents.filter(withdrawn_at__isnull=True, ends_on__gte=today)
    latest = consents.order_by("-ends_on").values_list("ends_on", flat=True).first()
    last = AcademicYear.containing(latest).start if latest is not None else this
    return list(range(this, min(last, this + MOST_YEARS_AHEAD) + 1))


class Figure(NamedTuple):
    """One figure of an account and how lines of each kind count towards it."""

    key: str
    words: str
    counts: dict[str, int]


Kind = LedgerEntry.Kind
FIGURES = (
    Figure("offered", "Offered", {Kind.OFFERED: 1}),
    Figure("promised", "Promised", {Kind.PROMISED: 1, Kind.RELEASED: -1, Kind.DELIVERED: -1}),
    Figure("delivered", "Delivered", {Kind.DELIVERED: 1}),
    Figure("left", "Left", {Kind.OFFERED: 1, Kind.PROMISED: -1, Kind.RELEASED: 1}),
)


class CountedLine(NamedTuple):
    """A line of the ledger and how many days it adds to a figure."""

    entry: LedgerEntry
    days: Decimal


@dataclass(frozen=True)
class Counted:
    """A figure of an account with the lines that make it up, the latest first."""

    figure: Figure
    days: Decimal
    lines: list[CountedLine]


def counted(account: CapacityAccount, key: str, entries: Iterable[LedgerEntry]) -> Counted:
    """A figure as the sum of its lines; nonsense asks for what is left."""
    figure = next((each for each in FIGURES if each.key == key), FIGURES[-1])
    lines = [
        CountedLine(entry, entry.days * figure.counts[entry.kind])
        for entry in entries
        if entry.kind in figure.counts
    ]
    return Counted(figure, getattr(account, figure.key), lines)
