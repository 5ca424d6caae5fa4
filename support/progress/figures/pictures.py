"""A measure as picture, table and sentence, all three of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from support.programmes.permissions import Rights
from support.progress.charts import Chart, chart_of, spark_of
from support.progress.figures.measures import HEADLINE, board_from, rows_for
from support.progress.figures.shapes import Board, Followed, Told
from support.progress.measuring.kinds import START, said
from support.progress.permissions import sees_every_figure

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True)
class Picture:
    """What stands on a page of one measure; equal ones are drawn alike."""

    pk: int
    title: str
    unit_words: str
    row: tuple[Told, ...]
    has_hidden: bool
    chart: Chart | None
    sentence: str
    description: str


def picture_of(board: Board, measure: Followed) -> Picture:
    """The measure with its chart, and in words where it stands."""
    pairs = tuple((each.planned, each.actual) for each in measure.row)
    names = tuple(each.in_short for each in measure.row)
    chart = chart_of(pairs, names, now=board.begun or -1, unit=measure.unit)
    return Picture(
        measure.pk,
        measure.title,
        measure.unit_words,
        tuple(measure.row),
        measure.has_hidden,
        chart,
        sentence_of(measure),
        _description(board, measure),
    )


class Headline(NamedTuple):
    """The measure that stands on top, if there is one, and the terms in which it is followed."""

    picture: Picture | None
    terms: int
    begun: int


def headline_of(rights: Rights, on: date) -> Headline:
    """As a reader is told it: where figures are hidden from her, that depends on all of them."""
    sees_all = sees_every_figure(rights)
    rows, counts = rows_for(rights, on, *((HEADLINE,) if sees_all else ()))
    return _headline(tuple(rows), counts, sees_all=sees_all)


@lru_cache(maxsize=1_000)
def _headline(rows: tuple[Any, ...], counts: tuple[int, int, int], *, sees_all: bool) -> Headline:
    """Drawn once for equal figures that are told alike."""
    board = board_from(rows, counts, sees_all=sees_all)
    picture = picture_of(board, board.headline) if board.headline else None
    return Headline(picture, board.terms, board.begun)


def spark_line(measure: Followed) -> Chart | None:
    """Its lines alone, for a row of a table."""
    return spark_of([(each.planned, each.actual) for each in measure.row])


def _with_unit(measure: Followed, value: Decimal | None) -> str:
    return f"{said(value)} {measure.unit_words}".strip()


def sentence_of(measure: Followed) -> str:
    """Where it stands now, where it began, and how that is to the plan."""
    latest, start = measure.latest, measure.start
    if latest is None:
        if measure.has_hidden:
            return "The figures stay within the two schools."
        return "No figure was entered yet."
    if latest.point == START:
        return f"{_with_unit(measure, latest.actual)} at the start."
    from_start = f", from {said(start.actual)}" if start.actual is not None else ""
    against = _against_plan(measure, latest)
    return f"{_with_unit(measure, latest.actual)} now{from_start}{against}."


def change_of(measure: Followed) -> str:
    """From where to where, as a line beside an objective: 58 → 67 per cent, planned 68."""
    start, latest = measure.start, measure.latest
    if latest is None:
        return "its figures stay within the two schools" if measure.has_hidden else "no figure yet"
    if latest.point == START:
        return f"{_with_unit(measure, latest.actual)} at the start"
    before = f"{said(start.actual)} → " if start.actual is not None else ""
    plan = f", planned {said(latest.planned)}" if latest.planned is not None else ""
    return f"{before}{_with_unit(measure, latest.actual)}{plan}"


def _against_plan(measure: Followed, told: Told) -> str:
    if told.planned is None or told.actual is None:
        return ""
    more = told.actual - told.planned
    if not more:
        return "; as planned"
    unit = measure.unit_words and (" point" if abs(more) == 1 else " points")
    where = "over" if more > 0 else "under"
    lower = ", and lower is better" if measure.is_better_lower else ""
    return f"; {said(abs(more))}{unit} {where} plan{lower}"


def _description(board: Board, measure: Followed) -> str:
    parts = []
    if measure.start.actual is not None:
        parts.append(f"Start {said(measure.start.actual)}")
    if measure.goal is not None:
        after = NUMBERS[board.terms] if board.terms < len(NUMBERS) else str(board.terms)
        terms = "term" if board.terms == 1 else "terms"
        parts.append(f"planned {said(measure.goal.planned)} after {after} {terms}")
    latest = measure.latest
    if latest is not None and latest.point != START:
        parts.append(f"reached {said(latest.actual)}, {latest.words}")
    words = "; ".join(parts) or "No figures yet"
    return f"{words[0].upper()}{words[1:]}. The numbers stand in the table."
