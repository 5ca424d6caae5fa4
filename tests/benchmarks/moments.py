"""The moment at which the benchmarks plan and send: 10am of the next school day but one."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from partnership.calendar.days import UK, next_school_day


def planned_moment():
    day = next_school_day(timezone.localdate() + timedelta(days=2))
    return datetime.combine(day, time(10), tzinfo=UK)
