from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.schools.models import Authority
from partnership.calendar.days import is_school_day
from reviews.cycles.availability import most_are_open, school_days_of, unavailable, weekdays_of
from tests.factories.alliances import MembershipFactory
from tests.factories.calendar import authority_owner, school_owner, settle
from tests.factories.reviews import (
    BlockedDayFactory,
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import SchoolFactory

TUESDAY, WEDNESDAY, THURSDAY = date(2027, 1, 12), date(2027, 1, 13), date(2027, 1, 14)
DAYS = st.dates(date(2026, 9, 1), date(2028, 8, 31))


@pytest.fixture
def week(db):
    """A cycle of one week."""
    return CycleFactory(starts_on=date(2027, 1, 11), ends_on=date(2027, 1, 17))


def blocked_for(school, day):
    return BlockedDayFactory(
        person=None, school=school, day=day, blocked_by=CycleFactory().organiser
    )


@given(DAYS, st.integers(0, 400))
def test_a_window_has_each_of_its_weekdays_but_bank_holidays_once_and_in_order(first, length):
    last = first + timedelta(days=length)

    days = weekdays_of(first, last)

    every = [first + timedelta(days=number) for number in range(length + 1)]
    assert list(days) == [day for day in every if day.weekday() < 5 and is_school_day(day)]


@given(st.lists(DAYS, unique=True), st.sets(st.tuples(st.integers(1, 5), DAYS)))
def test_a_day_falls_out_where_more_schools_are_closed_than_open(days, closed):
    kept = most_are_open(days, closed, 5)

    assert list(kept) == [
        day for day in days if sum(shut == day for _school, shut in closed) <= 5 / 2
    ]


def test_holidays_of_most_schools_are_no_school_days_of_the_cycle(db):
    cycle = CycleFactory(starts_on=date(2027, 2, 10), ends_on=date(2027, 2, 24))
    for _ in range(2):
        MembershipFactory(alliance=cycle.alliance, starts_on=date(2026, 9, 1))
    elsewhere = SchoolFactory(authority=Authority.objects.create(code="330", name="Birmingham"))
    MembershipFactory(alliance=cycle.alliance, school=elsewhere, starts_on=date(2026, 9, 1))
    settle(authority_owner(Authority.objects.get(code="353")))

    days = school_days_of(cycle)

    assert days == tuple(date(2027, 2, day) for day in (10, 11, 12, 22, 23, 24))


def test_a_host_is_out_where_its_calendar_closes_it_and_where_it_blocked_a_day(week):
    host, other = CycleHostFactory(cycle=week), CycleHostFactory(cycle=week)
    settle(school_owner(host.school), inset_days={TUESDAY: "Phonics"})
    blocked_for(host.school, THURSDAY)
    blocked_for(host.school, date(2027, 3, 2))

    found = unavailable(week)

    assert found.of_host == {host.pk: {TUESDAY, THURSDAY}, other.pk: frozenset()}


def test_a_reviewer_is_out_where_she_blocked_a_day_and_where_her_own_school_is_closed(week):
    entry = CycleReviewerFactory(cycle=week)
    settle(school_owner(entry.reviewer.school), inset_days={TUESDAY: ""})
    BlockedDayFactory(person=entry.reviewer.person, day=WEDNESDAY)
    BlockedDayFactory(day=THURSDAY)
    gone = CycleReviewerFactory(cycle=week, left_at=week.made_at)

    found = unavailable(week)

    assert found.of_reviewer == {entry.pk: {TUESDAY, WEDNESDAY}}
    assert gone.pk not in found.of_reviewer


def test_days_of_other_cycles_are_taken_and_days_of_its_own_are_not(week):
    entry, host = CycleReviewerFactory(cycle=week), CycleHostFactory(cycle=week)
    elsewhere = ReviewDayFactory(day=TUESDAY, last_day=WEDNESDAY)
    own_school = CycleHostFactory(school=entry.reviewer.school)
    ReviewDayFactory(cycle=own_school.cycle, host=own_school, day=THURSDAY)
    declined = ReviewDayFactory(day=date(2027, 1, 15))
    for day, answer in ((elsewhere, ""), (declined, "declined")):
        going = CycleReviewerFactory(cycle=day.cycle, reviewer=entry.reviewer)
        DayPlaceFactory(day=day, reviewer=going, answer=answer)
    DayPlaceFactory(day=ReviewDayFactory(cycle=week, host=host, day=THURSDAY), reviewer=entry)

    found = unavailable(week)

    assert found.of_reviewer == {entry.pk: {TUESDAY, WEDNESDAY, THURSDAY}}
    assert found.of_host == {host.pk: frozenset()}


def test_availability_costs_the_same_for_one_and_for_many(week, django_assert_num_queries):
    for more in (1, 4):
        for _ in range(more):
            host, entry = CycleHostFactory(cycle=week), CycleReviewerFactory(cycle=week)
            MembershipFactory(alliance=week.alliance, school=host.school)
            blocked_for(host.school, TUESDAY)
            BlockedDayFactory(person=entry.reviewer.person, day=THURSDAY)
        with django_assert_num_queries(8):
            found = unavailable(week)

    assert set(found.of_host.values()) == {frozenset([TUESDAY])}
