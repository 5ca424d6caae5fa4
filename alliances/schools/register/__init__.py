"""The national register's published extracts: their columns, their code lists, their rows."""

from alliances.schools.register.reading import (
    Contents,
    Reading,
    RefusedFile,
    RefusedRow,
    read_register,
)

__all__ = ["Contents", "Reading", "RefusedFile", "RefusedRow", "read_register"]
