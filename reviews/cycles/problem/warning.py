"""Nobody is sent from one day to the next: a new day leaves as long as there is to accept a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from reviews.cycles.problem.rows import Rows

SCHOOL_WEEK = 5


def with_warning(rows: Rows, today: date) -> Rows:
    """The rows with the next school days out for each host but its own day, if that is published."""
    until = today + timedelta(weeks=1) * rows.cycle.answer_days / SCHOOL_WEEK
    near = frozenset(day for day in rows.school_days if today <= day <= until)
    own = {
        each.day.host_id: {day for day in near if each.day.day <= day <= each.day.last_day}
        for each in rows.standing
    }
    of_host = {
        host.pk: rows.out.of_host.get(host.pk, frozenset()) | (near - own.get(host.pk, set()))
        for host in rows.hosts
    }
    return replace(rows, out=replace(rows.out, of_host=of_host))
