"""The caseload as a file: where each programme stands, and nothing of what was said in it."""

from __future__ import annotations

from partnership.toolkit.exports import Column
from support.programmes.models import Programme, Stage

COLUMNS = (
    Column("School", lambda row: row.school__name, 34),
    Column("Area", lambda row: row.area__name, 28),
    Column("Alliance", lambda row: row.alliance__name, 34),
    Column("State", lambda row: str(Programme.State(row.state).label), 16),
    Column("Stage", lambda row: str(Stage(row.stage).label), 22),
    Column("Supporting school", lambda row: row.supporting_school__name, 34),
    Column("Looked after by", lambda row: row.director__name, 28),
    Column("Asked at", lambda row: row.asked_at),
    Column("Next step due", lambda row: row.due_at),
)
