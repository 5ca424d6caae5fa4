"""Answers of composed SELECTs that are asked for when a page takes its slice of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import Row, answer, answer_planned_anew


class Answers:
    """Rows that are asked for when they are sliced, as pages do."""

    def __init__(
        self, compose: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **values: Any
    ) -> None:
        """Keep what to ask."""
        self.compose = compose
        self.shape = shape
        self.values = values

    def __getitem__(self, rows: slice) -> list[Row]:
        """Ask for some of the rows."""
        return answer(_sliced, self.compose, rows.start, rows.stop, *self.shape, **self.values)


class AnswersBetween(Answers):
    """The same of a SELECT that is told between which rows to look, and so looks at no more."""

    def __getitem__(self, rows: slice) -> list[Row]:
        """Ask for some of the rows."""
        return answer(self.compose, rows.start, rows.stop, *self.shape, **self.values)


class AnswersPlannedAnew(Answers):
    """The same, planned for the values of each time: most rows or hardly any may be past a day."""

    def __getitem__(self, rows: slice) -> list[Row]:
        """Ask for some of the rows."""
        asked = (self.compose, rows.start, rows.stop, *self.shape)
        return answer_planned_anew(_sliced, *asked, **self.values)


def _sliced(
    compose: Callable[..., QuerySet[Any, Any]],
    first: int,
    last: int,
    *shape: Hashable,
    **values: Any,
) -> QuerySet[Any, Any]:
    return compose(*shape, **values)[first:last]
