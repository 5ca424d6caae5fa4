"""Participation: what a school gave to others and received from them, room by room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db.models import DecimalField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from partnership.toolkit.registers.columns import joined
from partnership.toolkit.registers.finding import gather
from partnership.toolkit.statements import answer

COLUMNS = ("part_kind", "part_given", "part_received")
AMOUNT = DecimalField(max_digits=10, decimal_places=1)


class PartTaken(NamedTuple):
    """One thing that a school gave or received."""

    kind: str
    given: Decimal
    received: Decimal


@dataclass(frozen=True)
class ParticipationWindow:
    """Which school's, in the academic year that begins in `year`."""

    school: int
    year: int


@dataclass(frozen=True)
class ParticipationKind:
    """What schools give and receive, in a unit; `rows` gives a QuerySet of `participation_rows`."""

    key: str
    words: str
    unit: str
    rows: Callable[[ParticipationWindow], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Participation:
    """What a school gave and received of one kind within a window."""

    words: str
    unit: str
    given: Decimal
    received: Decimal


def participation_rows(
    rows: QuerySet[Any], *, kind: str, given: str | None = None, received: str | None = None
) -> QuerySet[Any, Any]:
    """A room's rows as participation; `given` and `received` are field paths of amounts."""
    return rows.annotate(
        part_kind=Value(kind, output_field=TextField()),
        part_given=_amount(given),
        part_received=_amount(received),
    ).values_list(*COLUMNS)


def _amount(path: str | None) -> Cast:
    return Cast(Value(0) if path is None else F(path), AMOUNT)


@cache
def participation_kinds() -> tuple[ParticipationKind, ...]:
    """Every room's kinds, one for each way of giving or of receiving."""
    return gather("participation", "PARTICIPATION")


def participation_of(window: ParticipationWindow) -> list[Participation]:
    """What a school gave and received, by what the rooms call it, in one SELECT."""
    kinds = {kind.key: kind for kind in participation_kinds()}
    found: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for row in answer(_taken, tuple(kinds.values()), **vars(window)):
        part = PartTaken(*row)
        of = (kinds[part.kind].words, kinds[part.kind].unit)
        given, received = found.get(of, (Decimal(0), Decimal(0)))
        found[of] = (given + part.given, received + part.received)
    return [Participation(*of, *amounts) for of, amounts in sorted(found.items())]


def _taken(kinds: tuple[ParticipationKind, ...], **told: Any) -> QuerySet[Any, Any]:
    window = ParticipationWindow(**told)
    return joined([kind.rows(window) for kind in kinds])
