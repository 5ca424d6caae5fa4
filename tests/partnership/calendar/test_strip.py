from datetime import UTC, date, datetime
from types import SimpleNamespace

from partnership.calendar.strip import marks_of
from partnership.toolkit.registers import diary_kinds


def entry(kind, day):
    return SimpleNamespace(
        spec=diary_kinds()[kind], starts_at=datetime(2027, 1, day, 9, tzinfo=UTC)
    )


def test_a_week_names_each_kind_of_what_shares_a_sign_once():
    entries = [
        entry("cycles.day", 12),
        entry("days.check_back", 13),
        entry("cycles.day", 14),
        entry("meetings.meeting", 14),
        entry("days.planning", 19),
    ]

    assert marks_of(entries) == {
        date(2027, 1, 11): {"review": "review day, check-back", "meeting": "meeting"},
        date(2027, 1, 18): {"review": "planning meeting"},
    }
