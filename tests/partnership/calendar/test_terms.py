from datetime import date

import pytest

from partnership.calendar.terms import Term, Week, easter_monday, term_containing, weeks_of


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 4, 1)), (2027, date(2027, 3, 29)), (2038, date(2038, 4, 26))],
)
def test_easter_is_found_early_and_late(year, day):
    assert easter_monday(year) == day


@pytest.mark.parametrize(
    ("day", "name", "starts_on", "ends_on"),
    [
        (date(2026, 8, 1), "Autumn term", date(2026, 9, 1), date(2026, 12, 23)),
        (date(2026, 9, 1), "Autumn term", date(2026, 9, 1), date(2026, 12, 23)),
        (date(2026, 12, 31), "Autumn term", date(2026, 9, 1), date(2026, 12, 23)),
        (date(2027, 1, 1), "Spring term", date(2027, 1, 2), date(2027, 3, 25)),
        (date(2027, 3, 28), "Spring term", date(2027, 1, 2), date(2027, 3, 25)),
        (date(2027, 3, 29), "Summer term", date(2027, 3, 30), date(2027, 7, 24)),
        (date(2027, 7, 31), "Summer term", date(2027, 3, 30), date(2027, 7, 24)),
    ],
)
def test_every_day_has_a_term(day, name, starts_on, ends_on):
    assert term_containing(day) == Term(name, starts_on, ends_on)


def test_the_weeks_of_a_term_begin_on_mondays_and_say_what_is_past():
    weeks = weeks_of(term_containing(date(2026, 11, 22)), today=date(2026, 11, 22))

    assert [week.monday for week in weeks[:2]] == [date(2026, 8, 31), date(2026, 9, 7)]
    assert weeks[-1].monday == date(2026, 12, 21)
    assert len(weeks) == 17
    assert [week for week in weeks if week.is_this_week] == [
        Week(monday=date(2026, 11, 16), is_past=False, is_this_week=True, closed="")
    ]
    assert sum(week.is_past for week in weeks) == 11
