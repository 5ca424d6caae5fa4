"""The list of workhubs as a file."""

from __future__ import annotations

from partnership.calendar.years import AcademicYear
from partnership.toolkit.exports import Column

COLUMNS = (
    Column("Workhub", lambda hub: hub.workhub__name, 34),
    Column("Academic year", lambda hub: str(AcademicYear(hub.year)), 14),
    Column("Alliance", lambda hub: hub.workhub__alliance__name, 34),
    Column("Priority", lambda hub: hub.priority, 44),
    Column("Lead", lambda hub: hub.lead__name, 28),
    Column("Schools", lambda hub: hub.school_count, 9),
    Column("Next meeting", lambda hub: hub.next_meeting_at),
)
