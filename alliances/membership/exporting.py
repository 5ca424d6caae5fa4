"""The list of alliances as a file."""

from __future__ import annotations

from partnership.toolkit.exports import Column

COLUMNS = (
    Column("Alliance", lambda alliance: alliance.name, 44),
    Column("Kind", lambda alliance: alliance.get_kind_display(), 26),
    Column("Area served", lambda alliance: alliance.area, 34),
    Column("Schools", lambda alliance: alliance.school_count, 9),
)
