"""All measures of a programme with what a reader is told of each, in one SELECT."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from support.programmes.models import Agreement, AgreementTerm, Programme
from support.programmes.permissions import Rights
from support.progress.figures.shapes import Board, Followed, Told
from support.progress.measuring import FEWEST, Figure, hidden_figures
from support.progress.models import Measure
from support.progress.permissions import sees_every_figure

FACTS = (
    "pk",
    "kind",
    "name",
    "year_group",
    "group",
    "unit",
    "is_better_lower",
    "is_headline",
    "source",
    "version",
    "objective_id",
    "objective__words",
    "dropped_at",
)
VALUES = ("values__point", "values__planned", "values__actual", "values__cohort")
USUAL_TERMS = 5


def _rows(*, programme: Programme, on: date) -> QuerySet[Measure, Any]:
    """Also what is followed no longer: who was told it once could still subtract by it."""
    signed = AgreementTerm.objects.filter(
        agreement__programme=OuterRef("programme"), agreement__state=Agreement.State.SIGNED
    )
    counted = Measure.objects.filter(programme=programme).annotate(
        terms=_count(signed),
        begun=_count(signed.filter(starts_on__lte=on)),
        ended=_count(signed.filter(ends_on__lt=on)),
    )
    ordered = counted.order_by("position", "pk", "values__point")
    return ordered.values_list(*FACTS, *VALUES, "terms", "begun", "ended")


def _count(terms: QuerySet[AgreementTerm]) -> Coalesce:
    number = terms.order_by().values("agreement__programme").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), Value(0))


def board_of(rights: Rights, on: date) -> Board:
    """What a reader is told of a programme's measures; loaded once for a page."""
    kept: Any = rights.programme
    if "measures_kept" not in kept.__dict__:
        rows = answer(_rows, programme=rights.programme, on=on)
        kept.measures_kept = board_from(rows, sees_all=sees_every_figure(rights))
    found: Board = kept.measures_kept
    return found


def board_from(rows: Iterable[Any], *, sees_all: bool) -> Board:
    """Measures from rows of `FACTS`, `VALUES` and the number of terms, begun and ended."""
    measures: dict[int, Followed] = {}
    counts = [USUAL_TERMS, 0, 0]
    for row in rows:
        *facts, point, planned, actual, cohort = row[: len(FACTS) + len(VALUES)]
        counts = row[len(FACTS) + len(VALUES) :]
        measure = measures.setdefault(facts[0], Followed(*facts))
        if point is not None:
            measure.told[point] = Told(point, planned, actual, cohort)
    terms, begun, ended = counts
    followed = [each for each in measures.values() if each.dropped_at is None]
    board = Board(followed, terms, begun, ended, sees_all)
    for measure in board.measures:
        measure.points = board.points
    if not sees_all:
        dropped = [each for each in measures.values() if each.dropped_at is not None]
        _hide(board, dropped)
    return board


def _hide(board: Board, dropped: list[Followed]) -> None:
    """Take out what she isn't told, point by point."""
    for point in {point for measure in board.measures for point in measure.told}:
        hidden = hidden_figures([*_figures(board.measures, point), *_once_told(dropped, point)])
        for measure in board.measures:
            if measure.pk in hidden:
                told = measure.told[point]
                is_of_few = told.cohort is not None and told.cohort < FEWEST
                measure.told[point] = Told(
                    point, planned=told.planned, is_hidden=True, is_of_few=is_of_few
                )


def _once_told(dropped: list[Followed], point: int) -> list[Figure]:
    """Figures of enough pupils that are followed no longer, and may be remembered."""
    figures = _figures(dropped, point)
    return [each for each in figures if each.cohort is not None and each.cohort >= FEWEST]


def _figures(measures: list[Followed], point: int) -> list[Figure]:
    return [
        Figure(
            measure.pk,
            family_of(measure),
            measure.year,
            measure.group,
            told.actual,
            told.cohort,
            measure.unit,
        )
        for measure in measures
        if (told := measure.told.get(point)) is not None and told.actual is not None
    ]


def family_of(measure: Followed) -> str:
    """What its other groups and years share: the kind, and for the school's own the name."""
    own = measure.kind == Measure.Kind.OWN
    return f"{measure.kind}:{folded(measure.name)}" if own else measure.kind
