from datetime import date

import pytest

from partnership.calendar.dates import TermDates
from partnership.calendar.spans import span_around
from tests.factories.calendar import HALF_TERMS

DATES = TermDates.of_one_year(2026, HALF_TERMS, {})


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2028, 2, 29), "February 2028", date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 1), "December 2026", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_goes_from_its_first_day_to_its_last(day, name, first, last):
    span = span_around(day, "", DATES)

    assert (span.kind, span.name, span.first, span.last) == ("month", name, first, last)


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 9, 2), "Autumn 1, 2026 to 2027", date(2026, 8, 31), date(2026, 11, 1)),
        (date(2026, 10, 28), "Autumn 1, 2026 to 2027", date(2026, 8, 31), date(2026, 11, 1)),
        (date(2026, 11, 2), "Autumn 2, 2026 to 2027", date(2026, 11, 2), date(2027, 1, 3)),
        (date(2027, 7, 21), "Summer 2, 2026 to 2027", date(2027, 6, 7), date(2027, 7, 25)),
    ],
)
def test_a_half_term_holds_whole_weeks_and_the_holiday_after_it(day, name, first, last):
    span = span_around(day, "half_term", DATES)

    assert (span.kind, span.name, span.first, span.last) == ("half_term", name, first, last)


@pytest.mark.parametrize(
    ("day", "dates"),
    [
        (date(2026, 8, 20), DATES),
        (date(2027, 8, 20), DATES),
        (date(2026, 11, 2), None),
        (date(2026, 11, 2), TermDates({})),
    ],
)
def test_where_no_half_term_is_known_the_month_is_shown(day, dates):
    assert span_around(day, "half_term", dates).kind == "month"
