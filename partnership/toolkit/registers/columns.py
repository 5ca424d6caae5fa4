"""Columns of one type on every database, so that rooms' rows can stand under each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    DateTimeField,
    F,
    Func,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast


def no_number() -> Cast:
    """A NULL that counts as a whole number."""
    return Cast(Value(None), BigIntegerField())


def no_moment() -> Cast:
    """A NULL that counts as a moment."""
    return Cast(Value(None), DateTimeField())


def text(source: str | Combinable) -> Cast:
    """A column as text, whatever its type and length."""
    return Cast(F(source) if isinstance(source, str) else source, TextField())


def joined(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """The parts under each other by UNION ALL."""
    if not parts:
        raise LookupError("No room offers anything under this register.")
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


class Stamp(Func):
    """A row’s kind, key and version as one word."""

    template = "(%(expressions)s)"
    arg_joiner = " || ':' || "
    output_field = TextField()


class Lines(Aggregate):
    """All rows’ words in one, a line each: a database hands over one row cheaper than hundreds."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, chr(10))"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As SQLite says it."""
        template = "group_concat(%(expressions)s, char(10))"
        return self.as_sql(compiler, connection, template=template, **context)
