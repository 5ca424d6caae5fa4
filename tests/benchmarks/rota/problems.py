"""Cycles of schools as they might be, the same each time."""

import random
from datetime import date, timedelta

from reviews.cycles.rota import Host, Problem, Reviewer

BEGIN, END = date(2026, 9, 14), date(2027, 7, 9)
HOLIDAYS = (
    (date(2026, 10, 26), date(2026, 10, 30)),
    (date(2026, 12, 21), date(2027, 1, 1)),
    (date(2027, 2, 15), date(2027, 2, 19)),
    (date(2027, 3, 29), date(2027, 4, 9)),
    (date(2027, 5, 31), date(2027, 6, 4)),
)
SHARE_BLOCKED = 0.15


def school_days():
    every = (BEGIN + timedelta(days=n) for n in range((END - BEGIN).days + 1))
    return tuple(
        day
        for day in every
        if day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)
    )


def cycle(schools, team_size, *, seed=1, gap_days=7, max_days=None, days=None):
    """A head of each school reviews; six in ten may lead, one school in six is secondary."""
    chance = random.Random(f"{schools} {team_size} {seed}")  # noqa: S311 - the same each time
    days = days or school_days()

    def blocked():
        return frozenset(day for day in days if chance.random() < SHARE_BLOCKED)

    side = 4_000 * schools**0.5
    hosts = tuple(
        Host(
            id=f"s{n}",
            blocked=blocked(),
            easting=round(chance.uniform(0, side)) + 400_000,
            northing=round(chance.uniform(0, side)) + 290_000,
            phase="secondary" if n % 6 == 0 else "primary",
            group=f"t{n // 9}" if n % 3 == 0 else "",
        )
        for n in range(schools)
    )
    reviewers = tuple(
        Reviewer(
            id=f"r{n}",
            school=f"s{n}",
            is_lead=chance.random() < 0.6,
            blocked=blocked(),
            max_days=max_days,
        )
        for n in range(schools)
    )
    last_year = frozenset(
        (f"r{n}", f"s{(n + step) % schools}") for n in range(schools) for step in (1, 2)
    )
    return Problem(days, hosts, reviewers, team_size, gap_days, discouraged=last_year)
