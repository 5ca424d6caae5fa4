"""SELECTs that are sent again and again, whose places PostgreSQL counts: $1, $2 and so on."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg import RawCursor

PLACE = re.compile("%[s%]")
MOST_KEPT = 2_000


class NumberedCursor(RawCursor[Any]):
    """Sends a SELECT as it was numbered before: psycopg takes long ones apart at every turn."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run it; its places are the ORM's."""
        return super().execute(query if params is None else numbered(query), params, **options)


@lru_cache(maxsize=MOST_KEPT)
def numbered(query: str) -> bytes:
    """The SELECT with $1, $2 and so on in place of each %s."""
    number = count(1)
    return PLACE.sub(
        lambda place: "%" if place.group() == "%%" else f"${next(number)}", query
    ).encode()
