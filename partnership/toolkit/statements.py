"""SELECTs composed once: the ORM takes longer to compose a page's SELECT than PostgreSQL to answer.

`answer(compose, day=day)` calls `compose(day=...)` the first time with a `Told` in place of each
value, keeps the SQL, and from then on only fills the values in; unless a pooler hands connections
round, PostgreSQL too plans it once for each connection. So a composing function may filter by what
it is given but not compute with it, and must not read the clock: what tries is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    Model,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.expressions import RawSQL
from django.utils.module_loading import import_string

Row = Any
COLUMNS: tuple[tuple[type, Field[Any, Any]], ...] = (
    (Model, BigIntegerField()),
    (int, BigIntegerField()),
    (datetime, DateTimeField()),
    (date, DateField()),
    (str, CharField()),
)
TRAITS = ("is_active", "is_staff")
HIGHEST_KEY = 2**63 - 1
MOST_KEPT = 2_000
PLACE = re.compile("%[s%]")
SERVER_CURSOR = "partnership.toolkit.numbered.NumberedCursor"


class Told(Expression):
    """A value that is told each time; a thing stands for its key, a person also for her traits."""

    is_active: bool
    is_staff: bool

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        """Keep the place of one named value."""
        super().__init__(output_field)
        self.name = name

    @property
    def pk(self) -> Told:
        """The key of the thing."""
        return self

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        """Stand in the SQL as one value."""
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        """Group nothing, as a plain value."""
        return []

    def __str__(self) -> NoReturn:
        """Refuse to become part of a word."""
        raise TypeError(f"{self.name} is told each time; filter by it and do not compute with it.")


@dataclass(frozen=True)
class Statement:
    """A QuerySet with its SQL, and where in its values each told one belongs."""

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    values: tuple[Any, ...]
    places: dict[Told, list[int]]

    def filled(self, told: dict[str, Any]) -> tuple[Any, ...]:
        """Its values with the told ones in their places."""
        connection = connections[DEFAULT_DB_ALIAS]
        values = list(self.values)
        for told_value, places in self.places.items():
            name, column = told_value.name, told_value.output_field
            said = column.get_db_prep_value(told[name], connection)
            for place in places:
                values[place] = said
        return tuple(values)

    @cached_property
    def named(self) -> str:
        """Its SQL for PostgreSQL, in which only told values have places, each one place by its name.

        What never changes stands in the SQL itself: the plan is made for it, with partial indexes.
        """
        values = iter(self.values)
        known: dict[Hashable, str] = {}

        def in_place(place: re.Match[str]) -> str:
            return place.group() if place.group() == "%%" else _in_sql(next(values), known)

        return PLACE.sub(in_place, self.sql)

    def said(self, told: dict[str, Any]) -> dict[str, Any]:
        """The told values as the database takes them, by name."""
        connection = connections[DEFAULT_DB_ALIAS]
        columns = {each.name: each.output_field for each in self.places}
        return {
            name: column.get_db_prep_value(told[name], connection)
            for name, column in columns.items()
        }

    @cached_property
    def converters(self) -> Any:
        """What makes Python's values of the database's, column by column."""
        columns = self.compiler.select[: self.compiler.col_count]
        return self.compiler.get_converters([column for column, *_ in columns])

    def fetched(self, told: dict[str, Any], *, is_kept: bool) -> list[Row]:
        """The database's rows, by a kept plan or one for these very values."""
        connection = connections[DEFAULT_DB_ALIAS]
        is_prepared = is_kept and may_prepare(connection)
        how = prepared(connection) if is_prepared else nullcontext()
        with how, connection.cursor() as cursor:
            if is_prepared:
                cursor.execute(self.named, self.said(told))
            else:
                cursor.execute(self.sql, self.filled(told))
            found: list[Row] = cursor.fetchall()
        if self.compiler.has_extra_select:  # columns that a DISTINCT is only ordered by
            return [row[: self.compiler.col_count] for row in found]
        return found

    def rows(self, told: dict[str, Any], *, is_kept: bool = True) -> list[Row]:
        """Run it with these values; the rows as the QuerySet would give them."""
        found = self.fetched(told, is_kept=is_kept)
        compiler = _twin(self.compiler, connection=connections[DEFAULT_DB_ALIAS])
        compiler.execute_sql = lambda *_args, **_options: [found]
        compiler.get_converters = lambda _columns: self.converters
        query = _twin(self.queryset.query, get_compiler=lambda *_args, **_options: compiler)
        queryset = _twin(self.queryset, _query=query)
        rows: list[Row] = list(queryset._iterable_class(queryset))  # noqa: SLF001 as QuerySet does
        if lookups := queryset._prefetch_related_lookups:  # noqa: SLF001 as QuerySet does
            prefetch_related_objects(rows, *lookups)
        return rows


def _twin(thing: object, **other: object) -> Any:
    """The same but for these attributes; `copy` takes ten times as long."""
    twin: Any = object.__new__(type(thing))
    twin.__dict__ = thing.__dict__ | other
    return twin


def _in_sql(value: Any, known: dict[Hashable, str]) -> str:
    """The place of a told value, or a constant as PostgreSQL writes it."""
    if isinstance(value, Told):
        return f"%({value.name})s"
    operations: Any = connections[DEFAULT_DB_ALIAS].ops
    if not isinstance(value, Hashable):
        return str(operations.compose_sql("%s", [value])).replace("%", "%%")
    key = (type(value), value)
    if key not in known:
        known[key] = str(operations.compose_sql("%s", [value])).replace("%", "%%")
    return known[key]


def may_prepare(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database keeps plans for its connections."""
    return connection.vendor == "postgresql" and not settings.DATABASE_POOLED


@contextmanager
def prepared(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Have psycopg prepare what is run: planning such a SELECT takes longer than answering it."""
    if not may_prepare(connection):
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    usual = raw.cursor_factory, raw.prepare_threshold
    raw.cursor_factory, raw.prepare_threshold = import_string(SERVER_CURSOR), 0
    try:
        yield
    finally:
        raw.cursor_factory, raw.prepare_threshold = usual


_statements: dict[Hashable, Statement | None] = {}


def answer(
    compose: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **values: Any
) -> list[Row]:
    """The rows of `compose(*shape, **values)`, whose SQL is composed once for each shape."""
    return _answered(compose, shape, values, is_kept=True)


def answer_planned_anew(
    compose: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **values: Any
) -> list[Row]:
    """The same, planned for the values of each time: what is typed may be rare or everywhere."""
    return _answered(compose, shape, values, is_kept=False)


def _answered(
    compose: Callable[..., QuerySet[Any, Any]],
    shape: tuple[Hashable, ...],
    values: dict[str, Any],
    *,
    is_kept: bool,
) -> list[Row]:
    told = _told_values(values)
    statement = _statement(compose, shape, values)
    if statement is None or any(_is_beyond_keys(value) for value in told.values()):
        return []
    return statement.rows(told, is_kept=is_kept)


def within(compose: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **values: Any) -> RawSQL:
    """The keys that `compose` gives, as part of another SELECT: `filter(pk__in=within(…))`."""
    statement = _statement(compose, shape, values)
    if statement is None:
        return RawSQL("SELECT 0 WHERE 1 = 0", ())
    return RawSQL(statement.sql, statement.filled(_told_values(values)))  # noqa: S611 (composed by the ORM)


def _told_values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.pk if isinstance(value, Model) else value for name, value in values.items()}


def _is_beyond_keys(value: object) -> bool:
    return isinstance(value, int) and value > HIGHEST_KEY


def _statement(
    compose: Callable[..., QuerySet[Any, Any]], shape: tuple[Hashable, ...], values: dict[str, Any]
) -> Statement | None:
    """The statement of this shape; None where nothing can match it."""
    traits = tuple(
        (name, getattr(value, trait, None))
        for name, value in values.items()
        if isinstance(value, Model)
        for trait in TRAITS
    )
    key = (compose, shape, traits, tuple(values), connections[DEFAULT_DB_ALIAS].vendor)
    if key not in _statements:
        if len(_statements) >= MOST_KEPT:
            _statements.clear()
        try:
            _statements[key] = _composed(compose, shape, values)
        except EmptyResultSet:
            _statements[key] = None
    return _statements[key]


def _composed(
    compose: Callable[..., QuerySet[Any, Any]], shape: tuple[Hashable, ...], values: dict[str, Any]
) -> Statement:
    queryset = compose(*shape, **{name: _told(name, value) for name, value in values.items()})
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, found = compiler.as_sql()
    if any(isinstance(value, date) for value in found):
        raise TypeError(f"{compose.__name__} reads the clock: let it be told the day or moment.")
    places: dict[Told, list[int]] = {}
    for place, value in enumerate(found):
        if isinstance(value, Told):
            places.setdefault(value, []).append(place)
    return Statement(queryset, compiler, sql, tuple(found), places)


def _told(name: str, value: object) -> Told:
    column = next(column for kind, column in COLUMNS if isinstance(value, kind))
    told = Told(name, column)
    for trait in TRAITS:
        if hasattr(value, trait):
            setattr(told, trait, getattr(value, trait))
    return told
