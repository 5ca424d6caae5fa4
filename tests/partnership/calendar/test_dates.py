from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.calendar.dates import KnownYear, TermDates, half_term_of, overlapping
from partnership.calendar.days import (
    UK,
    bank_holiday,
    bank_holidays_between,
    civil_moment,
    closed_because,
    closure_on,
    is_school_day,
    next_school_day,
    previous_school_day,
    school_days_before,
    school_days_between,
)
from partnership.calendar.terms import Term, term_containing, terms_of, weeks_of

DAY = timedelta(days=1)
HALVES = {
    1: (date(2026, 9, 2), date(2026, 10, 23)),
    2: (date(2026, 11, 2), date(2026, 12, 18)),
    3: (date(2027, 1, 4), date(2027, 2, 12)),
    4: (date(2027, 2, 22), date(2027, 3, 25)),
    5: (date(2027, 4, 12), date(2027, 5, 28)),
    6: (date(2027, 6, 7), date(2027, 7, 21)),
}
INSET = {date(2026, 9, 2): "", date(2027, 1, 4): "Phonics"}
OLDHAM = TermDates({2026: KnownYear(HALVES, INSET, source="The council", is_example=True)})
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@st.composite
def years(draw):
    """Six half terms one after the other, and INSET days anywhere."""
    day = date(2026, 9, 1) + draw(st.timedeltas(timedelta(0), timedelta(days=9)))
    halves = {}
    for number in range(1, 7):
        ends_on = day + timedelta(days=draw(st.integers(10, 45)))
        halves[number] = (day, ends_on)
        day = ends_on + timedelta(days=draw(st.integers(1, 20)))
    inset = draw(st.dictionaries(st.dates(date(2026, 9, 1), day), st.just(""), max_size=6))
    return KnownYear(halves, inset)


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (date(2026, 8, 31), "bank_holiday", "a bank holiday (Summer bank holiday)"),
        (date(2026, 9, 1), "holiday", "in the summer holiday"),
        (date(2026, 9, 2), "inset", "an INSET day"),
        (date(2027, 1, 4), "inset", "an INSET day (Phonics)"),
        (date(2026, 10, 26), "half_term", "in half term"),
        (date(2026, 10, 31), "weekend", "a Saturday"),
        (date(2026, 12, 25), "bank_holiday", "a bank holiday (Christmas Day)"),
        (date(2026, 12, 29), "holiday", "in the Christmas holiday"),
        (date(2027, 2, 15), "half_term", "in half term"),
        (date(2027, 4, 5), "holiday", "in the Easter holiday"),
        (date(2027, 6, 1), "half_term", "in half term"),
        (date(2027, 7, 22), "holiday", "in the summer holiday"),
        (date(2027, 8, 24), "holiday", "in the summer holiday"),
    ],
)
def test_a_day_without_school_says_why(day, kind, words):
    closure = closure_on(day, OLDHAM)

    assert (closure.kind, closure.words) == (kind, words)
    assert not is_school_day(day, OLDHAM)


@pytest.mark.parametrize("day", [date(2026, 9, 3), date(2026, 12, 18), date(2027, 7, 21)])
def test_first_and_last_days_are_school_days(day):
    assert closed_because(day, OLDHAM) == ""


@pytest.mark.parametrize("day", [date(2026, 8, 25), date(2027, 9, 1), date(2029, 10, 25)])
def test_a_year_without_dates_has_weekdays_less_bank_holidays(day):
    assert not OLDHAM.knows(2025)
    assert closure_on(day, OLDHAM) is None


def test_a_year_that_lacks_a_half_term_is_not_known():
    partial = TermDates({2026: KnownYear({n: HALVES[n] for n in range(1, 6)}, {})})

    assert not partial.knows(2026)
    assert partial.half_terms == ()
    assert closure_on(date(2026, 10, 26), partial) is None


def test_a_schools_differences_lie_over_the_authoritys_dates():
    own = {6: (date(2027, 6, 7), date(2027, 7, 16))}
    training = {date(2027, 7, 16): "Curriculum"}
    school = TermDates({2026: KnownYear(own, training)}, OLDHAM.own)

    assert [each.is_own for each in school.half_terms_of(2026)] == [False] * 5 + [True]
    assert closed_because(date(2027, 7, 19), school) == "in the summer holiday"
    assert closed_because(date(2027, 7, 16), school) == "an INSET day (Curriculum)"
    assert is_school_day(date(2026, 9, 2), school)
    assert (school.source(2026), school.is_example(2026)) == ("The council", True)


def test_a_school_that_names_no_inset_days_has_those_of_its_authority():
    own = {6: (date(2027, 6, 7), date(2027, 7, 16))}
    school = TermDates({2026: KnownYear(own)}, OLDHAM.own)

    assert school.inset_days_of(2026) == INSET
    assert closed_because(date(2027, 1, 4), school) == "an INSET day (Phonics)"


def test_the_half_term_that_a_day_falls_in():
    assert OLDHAM.half_term_of(date(2026, 11, 22)).name == "Autumn 2"
    assert OLDHAM.half_term_of(date(2027, 6, 7)).term == "Summer term"
    assert OLDHAM.half_term_of(date(2026, 10, 28)) is None
    assert half_term_of(date(2026, 11, 22), None) is None
    assert half_term_of(date(2026, 11, 22), OLDHAM).number == 2


def test_half_terms_that_overlap_are_found_and_still_counted_as_school():
    crossed = {**HALVES, 1: (date(2026, 9, 2), date(2026, 11, 6))}
    dates = TermDates({2026: KnownYear(crossed, {})})

    pairs = overlapping(dates.half_terms_of(2026))

    assert [(one.name, other.name) for one, other in pairs] == [("Autumn 1", "Autumn 2")]
    assert is_school_day(date(2026, 10, 28), dates)
    assert overlapping(OLDHAM.half_terms) == []


def test_next_and_previous_school_days_step_over_holidays():
    assert next_school_day(date(2026, 12, 19), OLDHAM) == date(2027, 1, 5)
    assert previous_school_day(date(2027, 1, 4), OLDHAM) == date(2026, 12, 18)
    assert next_school_day(date(2027, 7, 22), OLDHAM) == date(2027, 9, 1)


def test_so_many_school_days_before_a_moment_counts_only_school_days():
    moment = datetime(2026, 11, 3, 16, tzinfo=UK)

    assert school_days_before(moment, 2, dates=OLDHAM) == datetime(2026, 10, 23, 17, tzinfo=UK)
    assert school_days_before(moment, 2) == datetime(2026, 10, 30, 17, tzinfo=UK)


def test_civil_moments_wait_for_the_end_of_a_holiday():
    assert civil_moment(datetime(2026, 10, 24, 9, tzinfo=UTC), OLDHAM) == datetime(
        2026, 11, 2, 8, tzinfo=UK
    )


def test_a_year_counts_its_school_days():
    assert school_days_between(*HALVES[1], OLDHAM) == 37
    assert sum(school_days_between(*HALVES[number], OLDHAM) for number in HALVES) == 192


def test_bank_holidays_come_in_their_order():
    found = bank_holidays_between(date(2026, 9, 1), date(2027, 8, 31))

    assert list(found) == sorted(found)
    assert [day.month for day in found] == [12, 12, 12, 1, 3, 3, 5, 5, 8]


@given(year=years(), day=DAYS)
def test_a_day_is_open_or_says_why_and_never_both(year, day):
    dates = TermDates({2026: year})
    closure = closure_on(day, dates)

    in_term = any(first <= day <= last for first, last in year.half_terms.values())
    is_known = date(2026, 9, 1) <= day <= date(2027, 8, 31) or in_term
    plain = day.weekday() < 5 and not bank_holiday(day)
    expected = plain and (not is_known or (in_term and day not in year.inset_days))
    assert is_school_day(day, dates) == expected
    assert (closure is None) == expected
    assert (dates.half_term_of(day) is not None) == in_term


@given(year=years(), day=DAYS)
def test_next_and_previous_are_the_nearest_school_days(year, day):
    dates = TermDates({2026: year})
    after, before = next_school_day(day, dates), previous_school_day(day, dates)

    assert before <= day <= after
    assert is_school_day(after, dates)
    assert is_school_day(before, dates)
    assert school_days_between(before, after, dates) == 1 + (before != after)


@given(year=years(), day=DAYS, count=st.integers(0, 40))
def test_school_days_before_leave_so_many_school_days_between(year, day, count):
    dates = TermDates({2026: year})
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UK)

    before = school_days_before(moment, count, dates=dates).date()

    assert school_days_between(before, day - DAY, dates) == count


@given(year=years(), day=DAYS)
def test_dates_only_ever_take_school_days_away(year, day):
    if is_school_day(day, TermDates({2026: year})):
        assert is_school_day(day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 9, 1), "Autumn term"),
        (date(2026, 10, 28), "Autumn term"),
        (date(2026, 12, 18), "Autumn term"),
        (date(2026, 12, 19), "Spring term"),
        (date(2027, 3, 26), "Summer term"),
        (date(2027, 7, 21), "Summer term"),
    ],
)
def test_the_term_of_a_day_is_the_known_one_and_in_a_holiday_the_coming_one(day, name):
    assert term_containing(day, OLDHAM).name == name
    assert term_containing(day, OLDHAM) in terms_of(OLDHAM)


def test_a_day_far_from_any_known_term_has_the_term_of_the_plain_calendar():
    assert term_containing(date(2027, 10, 1), OLDHAM) == term_containing(date(2027, 10, 1))
    assert term_containing(date(2026, 2, 2), OLDHAM) == term_containing(date(2026, 2, 2))


def test_the_weeks_of_a_known_term_say_half_term_and_holiday():
    autumn = weeks_of(
        Term("Autumn term", *(HALVES[1][0], HALVES[2][1])), today=date(2026, 11, 22), dates=OLDHAM
    )
    christmas = weeks_of(
        Term("All", date(2026, 12, 14), date(2027, 1, 8)), today=date(2026, 11, 22), dates=OLDHAM
    )

    assert [(week.monday, week.closed) for week in autumn if week.closed] == [
        (date(2026, 10, 26), "Half term")
    ]
    assert [week.closed for week in christmas] == ["", "Holiday", "Holiday", ""]
