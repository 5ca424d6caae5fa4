"""The national register's published extracts: their columns, their code lists, their rows."""

from alliances.schools.register.lines import MAX_BYTES, RefusedFile, RefusedRow, day_in
from alliances.schools.register.reading import Contents, Reading, read_register

__all__ = [
    "MAX_BYTES",
    "Contents",
    "Reading",
    "RefusedFile",
    "RefusedRow",
    "day_in",
    "read_register",
]
