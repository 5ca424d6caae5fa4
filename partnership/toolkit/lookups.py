"""A way of asking that the ORM doesn't have of itself."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In


class Among(In):
    """`pk__among=keys`: as `in`, but the keys are found first and then looked up, one by one.

    With `in` the planner, which doesn't know how few they are, may go through everybody's rows and
    see which of them are among the keys.
    """

    lookup_name = "among"

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        """An array on PostgreSQL; elsewhere as `in`."""
        if connection.vendor != "postgresql" or self.rhs_is_direct_value():
            found: Any = super().get_rhs_op(connection, rhs)
            return str(found)
        return f"= ANY (ARRAY{rhs})"
