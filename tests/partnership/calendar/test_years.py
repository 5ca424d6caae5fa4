from datetime import date

import pytest

from partnership.calendar.years import AcademicYear


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 8, 31), 2026),
    ],
)
def test_an_academic_year_begins_on_the_first_of_september(day, start):
    assert AcademicYear.containing(day) == AcademicYear(start)


def test_a_year_says_its_name_address_days_and_neighbours():
    year = AcademicYear(2026)

    assert str(year) == "2026 to 2027"
    assert year.slug == "2026-to-2027"
    assert (year.first_day, year.last_day) == (date(2026, 9, 1), date(2027, 8, 31))
    assert (year.previous, year.next) == (AcademicYear(2025), AcademicYear(2027))
    assert AcademicYear.containing(year.first_day) == AcademicYear.containing(year.last_day)


def test_years_sort_by_time():
    assert sorted([AcademicYear(2027), AcademicYear(2025)]) == [
        AcademicYear(2025),
        AcademicYear(2027),
    ]


def test_a_year_is_read_from_its_address():
    assert AcademicYear.from_slug("2026-to-2027") == AcademicYear(2026)


@pytest.mark.parametrize(
    "slug",
    ["", "2026", "2026-to-2028", "2026-to-2026", "2026-TO-2027", "2026-to-2027/", "٢٠٢٦-to-٢٠٢٧"],
)
def test_no_other_address_is_a_year(slug):
    assert AcademicYear.from_slug(slug) is None
