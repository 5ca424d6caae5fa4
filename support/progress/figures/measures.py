"""All measures of a programme with what a reader is told of each, in one SELECT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from partnership.toolkit.folding import folded
from partnership.toolkit.registers.columns import Lines
from partnership.toolkit.statements import answer
from support.programmes.models import Programme
from support.programmes.permissions import Rights
from support.progress.course.terms import are_terms_kept, keep_terms, term_lines, terms_of
from support.progress.figures.shapes import Board, Followed, Told
from support.progress.measuring import FEWEST, Figure, hidden_figures
from support.progress.models import Measure, MeasureValue
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
VALUES = ("point", "planned", "actual", "cohort")
USUAL_TERMS = 5
WITH_TERMS, HEADLINE = "with_terms", "headline"


def _rows(*wanted: str, programme: Programme) -> QuerySet[Measure, Any]:
    """Also what is followed no longer: who was told it once could still subtract by it."""
    measures = Measure.objects.filter(programme=programme)
    if HEADLINE in wanted:
        measures = measures.filter(is_headline=True, dropped_at=None)
    lines = {"said_values": _value_lines()}
    if WITH_TERMS in wanted:
        lines["said_terms"] = term_lines("programme")
    return measures.annotate(**lines).order_by("position", "pk").values_list(*FACTS, *lines)


def _value_lines() -> Subquery:
    """Everything entered for a measure, a line for each point: rows would repeat the measure."""
    words = [
        part for name in VALUES for part in (Value(" "), Cast(F(name), output_field=CharField()))
    ][1:]
    values = MeasureValue.objects.filter(measure=OuterRef("pk")).order_by().values("measure")
    return Subquery(values.annotate(said=Lines(Concat(*words))).values("said"))


def board_of(rights: Rights, on: date) -> Board:
    """What a reader is told of a programme's measures; loaded once for a page."""
    kept: Any = rights.programme
    if "measures_kept" not in kept.__dict__:
        kept.measures_kept = board_from(*rows_for(rights, on), sees_all=sees_every_figure(rights))
    found: Board = kept.measures_kept
    return found


def rows_for(rights: Rights, on: date, *wanted: str) -> tuple[list[Any], tuple[int, int, int]]:
    """Measures with all that was entered, and how many terms there are, have begun and are over."""
    programme = rights.programme
    has_terms = are_terms_kept(programme)
    asked = wanted if has_terms else (*wanted, WITH_TERMS)
    rows = answer(_rows, *asked, programme=programme)
    if not rows:
        return [], (USUAL_TERMS, 0, 0)
    if not has_terms:
        keep_terms(programme, rows[0][-1])
    terms = terms_of(programme)
    begun = sum(term.starts_on <= on for term in terms.all)
    return rows, (len(terms.all), begun, len(terms.ended(on)))


def board_from(rows: Iterable[Any], counts: tuple[int, int, int], *, sees_all: bool) -> Board:
    """Measures from rows of `FACTS` and the lines of what was entered."""
    measures = []
    for row in rows:
        measure = Followed(*row[: len(FACTS)])
        measure.told = {told.point: told for told in _told(row[len(FACTS)])}
        measures.append(measure)
    followed = [each for each in measures if each.dropped_at is None]
    board = Board(followed, *counts, sees_all)
    for measure in board.measures:
        measure.points = board.points
    if not sees_all:
        _hide(board, [each for each in measures if each.dropped_at is not None])
    return board


def _told(lines: str | None) -> Iterator[Told]:
    for line in (lines or "").splitlines():
        point, planned, actual, cohort = line.split(" ")
        yield Told(
            int(point),
            Decimal(planned) if planned else None,
            Decimal(actual) if actual else None,
            int(cohort) if cohort else None,
        )


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
