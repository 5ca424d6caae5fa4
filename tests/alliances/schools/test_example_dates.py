import json
from datetime import date

import pytest

from alliances.schools.example_dates import FILE, HABITS, made_half_terms
from partnership.calendar.dates import KnownYear, TermDates, overlapping
from partnership.calendar.days import is_school_day, school_days_between
from partnership.calendar.planner import warnings_about


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.code)
@pytest.mark.parametrize("year", range(2025, 2041))
def test_a_made_year_is_plausible(year, habit):
    spans = made_half_terms(year, habit)
    dates = TermDates({year: KnownYear(spans, {})})

    assert overlapping(dates.half_terms) == []
    assert sum(school_days_between(*span, dates) for span in spans.values()) == 195
    assert [day for span in spans.values() for day in span if not is_school_day(day, dates)] == []
    assert date(year + 1, 7, 10) < spans[6][1] < date(year + 1, 7, 31)
    assert warnings_about(spans, {}, year) == []


def test_the_real_dates_of_the_demo_say_where_they_are_from():
    read = json.loads(FILE.read_text("utf-8"))

    assert sorted(read["la"]) == ["330 Birmingham", "353 Oldham"]
    assert all(said["sources"] and said["confidence"] for said in read["la"].values())
