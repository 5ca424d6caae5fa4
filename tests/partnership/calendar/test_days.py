from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.calendar.days import (
    UK,
    bank_holiday,
    civil_moment,
    closed_because,
    is_school_day,
    next_school_day,
    school_days_before,
)

START = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=3650)).map(lambda gone: START + gone)


def uk(*numbers):
    return datetime(*numbers, tzinfo=UK)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 25), "Christmas Day"),
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 5, 3), "Early May bank holiday"),
        (date(2027, 8, 30), "Summer bank holiday"),
        (date(2027, 8, 2), ""),  # Scotland's, not England's
        (date(2027, 3, 17), ""),  # Northern Ireland's
        (date(2027, 1, 12), ""),
    ],
)
def test_bank_holidays_are_those_of_england(day, name):
    assert bank_holiday(day) == name


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 9), "a Saturday"),
        (date(2027, 1, 10), "a Sunday"),
        (date(2027, 3, 29), "a bank holiday (Easter Monday)"),
        (date(2027, 1, 12), ""),
    ],
)
def test_a_closed_day_says_why(day, words):
    assert closed_because(day) == words
    assert is_school_day(day) == (words == "")


@pytest.mark.parametrize(
    ("day", "school_day"),
    [
        (date(2027, 1, 12), date(2027, 1, 12)),
        (date(2027, 1, 9), date(2027, 1, 11)),
        (date(2027, 3, 26), date(2027, 3, 30)),
        (date(2027, 12, 25), date(2027, 12, 29)),
    ],
)
def test_the_next_school_day_is_after_weekends_and_bank_holidays(day, school_day):
    assert next_school_day(day) == school_day


@pytest.mark.parametrize(
    ("moment", "count", "before"),
    [
        (uk(2027, 1, 12, 16), 2, uk(2027, 1, 8, 17)),
        (uk(2027, 3, 31, 16), 2, uk(2027, 3, 25, 17)),
        (uk(2027, 1, 12, 16), 0, uk(2027, 1, 12, 17)),
        (datetime(2027, 6, 14, 23, 30, tzinfo=UTC), 1, uk(2027, 6, 14, 17)),  # the 15th in the UK
    ],
)
def test_so_many_school_days_before(moment, count, before):
    assert school_days_before(moment, count) == before


@pytest.mark.parametrize(
    ("moment", "civil"),
    [
        (uk(2027, 1, 12, 8), uk(2027, 1, 12, 8)),
        (uk(2027, 1, 12, 17, 59, 59), uk(2027, 1, 12, 17, 59, 59)),
        (uk(2027, 1, 12, 18), uk(2027, 1, 13, 8)),
        (uk(2027, 1, 12, 7, 59), uk(2027, 1, 12, 8)),
        (uk(2027, 1, 8, 18), uk(2027, 1, 11, 8)),
        (uk(2027, 1, 9, 10), uk(2027, 1, 11, 8)),
        (uk(2027, 1, 10, 7), uk(2027, 1, 11, 8)),
        (uk(2027, 3, 25, 18), uk(2027, 3, 30, 8)),
        (uk(2027, 3, 29, 7), uk(2027, 3, 30, 8)),
        (uk(2026, 12, 24, 19), uk(2026, 12, 29, 8)),
        (datetime(2027, 6, 15, 7, tzinfo=UTC), datetime(2027, 6, 15, 7, tzinfo=UTC)),
        (datetime(2027, 6, 15, 6, 59, tzinfo=UTC), datetime(2027, 6, 15, 7, tzinfo=UTC)),
        (datetime(2027, 1, 12, 7, tzinfo=UTC), datetime(2027, 1, 12, 8, tzinfo=UTC)),
        (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 30, 7, tzinfo=UTC)),
        (datetime(2027, 10, 30, 12, tzinfo=UTC), datetime(2027, 11, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_civil_moment_is_eight_to_six_of_a_school_day(moment, civil):
    assert civil_moment(moment) == civil


@given(moment=MOMENTS)
def test_a_civil_moment_is_never_earlier_and_always_civil(moment):
    civil = civil_moment(moment)

    local = civil.astimezone(UK)
    assert civil >= moment
    assert is_school_day(local.date())
    assert time(8) <= local.time() < time(18)
    assert civil_moment(civil) == civil


@given(moment=MOMENTS, gone=st.timedeltas(timedelta(0), timedelta(days=5)))
def test_civil_moments_keep_the_order_of_moments(moment, gone):
    assert civil_moment(moment) <= civil_moment(moment + gone)
