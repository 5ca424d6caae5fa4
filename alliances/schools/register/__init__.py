"""The national register's published extracts: their columns, their code lists, their rows."""

from alliances.schools.register.following import (
    LinkRow,
    TrustRow,
    kind_of,
    read_links,
    read_trusts,
)
from alliances.schools.register.inspections import InspectionRow
from alliances.schools.register.lines import MAX_BYTES, RefusedFile, RefusedRow, day_in
from alliances.schools.register.reading import Contents, GroupColumns, Reading, read_register

__all__ = [
    "MAX_BYTES",
    "Contents",
    "GroupColumns",
    "InspectionRow",
    "LinkRow",
    "Reading",
    "RefusedFile",
    "RefusedRow",
    "TrustRow",
    "day_in",
    "kind_of",
    "read_links",
    "read_register",
    "read_trusts",
]
