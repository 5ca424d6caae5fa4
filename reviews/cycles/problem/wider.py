"""The same cycle with a longer window: whether it would help is one of the things to try."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partnership.calendar.years import AcademicYear
from reviews.cycles.models import Cycle
from reviews.cycles.problem.absence import while_out
from reviews.cycles.problem.making import drawing_of
from reviews.cycles.problem.rows import rows_of
from reviews.cycles.problem.warning import with_warning
from reviews.cycles.rota import Day, Problem

FOUR_WEEKS = timedelta(weeks=4)


def drawing_beyond(
    cycle: Cycle,
    problem: Problem,
    *,
    today: date,
    staying: Iterable[Day],
    replan: Mapping[str, Any],
) -> tuple[Problem, tuple[date, ...]]:
    """A problem that knows who is away in the four weeks after the window, and their school days."""
    wider = copy(cycle)
    year = AcademicYear.containing(cycle.ends_on)
    wider.ends_on = min(cycle.ends_on + FOUR_WEEKS, year.last_day)
    if wider.ends_on <= cycle.ends_on:
        return problem, ()
    out = going_on(replan, max(problem.school_days, default=cycle.ends_on), wider.ends_on)
    rows = with_warning(while_out(rows_of(wider), out), today)
    drawn = drawing_of(rows, today=today, staying=staying)
    known = drawn.problem
    more = tuple(day for day in known.school_days if day > cycle.ends_on)
    return replace(known, school_days=problem.school_days), more


def going_on(replan: Mapping[str, Any], last: date, until: date) -> Mapping[str, Any]:
    """Whoever is out to the last school day of the window stays out beyond it."""
    if last.isoformat() not in replan.get("dates", ()):
        return replan
    beyond = (last + timedelta(number) for number in range(1, (until - last).days + 1))
    return {**replan, "dates": [*replan["dates"], *(day.isoformat() for day in beyond)]}
