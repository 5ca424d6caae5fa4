from datetime import date

from partnership.calendar.dates import TermDates
from partnership.calendar.grid import weeks_of_span
from partnership.calendar.spans import month_span
from tests.factories.calendar import HALF_TERMS

TODAY = date(2026, 10, 22)
DATES = TermDates.of_one_year(2026, HALF_TERMS, {date(2026, 10, 23): "Phonics"})


def test_a_grid_has_whole_weeks_and_empty_places_outside_its_span():
    weeks = weeks_of_span(month_span(TODAY), [], today=TODAY, dates=None)

    assert [len(week) for week in weeks] == [7] * 5
    within = [day.day for week in weeks for day in week if day.is_within]
    assert (within[0], within[-1], len(within)) == (date(2026, 10, 1), date(2026, 10, 31), 31)
    assert [day.day for week in weeks for day in week if day.is_today] == [TODAY]


def test_closed_days_are_told_and_said_once_a_week():
    weeks = weeks_of_span(month_span(TODAY), [], today=TODAY, dates=DATES)

    closed = {
        day.day.day: (day.closed, day.is_same_closure)
        for week in weeks
        for day in week
        if day.closed
    }
    assert closed == {
        23: ("INSET day", False),
        26: ("Half term", False),
        **dict.fromkeys(range(27, 31), ("Half term", True)),
    }


def test_a_bank_holiday_is_called_by_its_name():
    weeks = weeks_of_span(month_span(date(2027, 5, 3)), [], today=TODAY, dates=None)

    assert {day.day: day.closed for week in weeks for day in week if day.closed} == {
        date(2027, 5, 3): "Early May bank holiday",
        date(2027, 5, 31): "Spring bank holiday",
    }
