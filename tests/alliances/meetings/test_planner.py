from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.meetings.clashes import Asked, warnings_of
from alliances.meetings.planner import (
    NoDatesKnown,
    Planned,
    Repeat,
    free_days,
    next_open_week,
    series_of,
    span_on,
)
from partnership.calendar.days import UK
from tests.factories import (
    AuthorityFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolFactory,
)
from tests.factories.calendar import authority_owner, school_owner, settle

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
MONDAY = date(2027, 1, 11)
NOBODY = Asked(frozenset(), frozenset())


def at(day, clock="16:00", minutes=90):
    starts_at = datetime.combine(day, time.fromisoformat(clock), tzinfo=UK)
    return starts_at, starts_at + timedelta(minutes=minutes)


def known(name="Delph Primary", **settled):
    school = SchoolFactory(name=name)
    settle(authority_owner(school.authority), **settled)
    return school


def asked_of(*schools, people=()):
    return Asked(
        frozenset(person.pk for person in people), frozenset(school.pk for school in schools)
    )


def busy(person, day, clock="16:00", **facts):
    starts_at, ends_at = at(day, clock)
    meeting = MeetingFactory(called=True, starts_at=starts_at, ends_at=ends_at, **facts)
    MeetingReplyFactory(meeting=meeting, person=person)
    return meeting


def warned(day, asked, clock="16:00", reader=None):
    starts_at, ends_at = at(day, clock)
    reader = reader or PersonFactory()
    return warnings_of(starts_at=starts_at, ends_at=ends_at, asked=asked, reader=reader)


def test_closed_schools_are_told_by_reason_and_by_name():
    delph = known()
    others = [
        SchoolFactory(name=name, authority=delph.authority) for name in ("Austerlands", "Diggle")
    ]
    elsewhere = SchoolFactory(authority=AuthorityFactory(code="354", name="Rochdale"))
    own = SchoolFactory(name="Zetland", authority=delph.authority)
    settle(school_owner(own), inset_days={date(2027, 1, 18): "Writing"})

    assert warned(date(2027, 2, 16), asked_of(delph, *others)) == [
        "16 February 2027 is in half term for all schools that are asked."
    ]
    assert warned(date(2027, 1, 4), asked_of(delph, *others, elsewhere)) == [
        "4 January 2027 is an INSET day (Phonics) for Austerlands, Delph Primary and Diggle."
    ]
    assert warned(date(2027, 1, 18), asked_of(delph, own)) == [
        "18 January 2027 is an INSET day (Writing) for Zetland."
    ]
    assert warned(MONDAY, asked_of(delph, own)) == []
    more = [SchoolFactory(name=f"A {n}", authority=delph.authority) for n in range(3)]
    assert warned(date(2027, 2, 16), asked_of(delph, *more, elsewhere)) == [
        "16 February 2027 is in half term for A 0, A 1, A 2 and 1 more."
    ]


def test_free_days_leave_closed_and_busy_ones_out():
    delph, person = known(), PersonFactory()
    busy(person, date(2027, 2, 10), "15:00")
    busy(person, date(2027, 2, 11), "09:00")
    busy(PersonFactory(), date(2027, 2, 12))
    cancelled = busy(person, date(2027, 2, 12), state="cancelled")
    besides = busy(person, date(2027, 2, 22))

    found = free_days(
        span=at(date(2027, 2, 9)),
        asked=asked_of(delph, people=[person]),
        today=TODAY,
        besides=besides,
    )

    assert cancelled.state == "cancelled"
    assert found == [date(2027, 2, day) for day in (11, 12, 22, 23, 24)]


def test_free_days_never_lie_before_tomorrow():
    found = free_days(span=at(date(2026, 11, 2)), asked=NOBODY, today=TODAY)

    assert found[0] == date(2026, 11, 24)
    assert len(found) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_free_days_costs_the_same_for_one_and_for_three(
    count, django_assert_num_queries
):
    schools = [known() for _ in range(count)]
    people = PersonFactory.create_batch(count)
    for person in people:
        busy(person, MONDAY)
    asked = asked_of(*schools, people=people)
    closed, reader = date(2027, 2, 16), PersonFactory()
    free_days(span=at(MONDAY), asked=asked, today=TODAY)

    with django_assert_num_queries(2):
        free_days(span=at(MONDAY), asked=asked, today=TODAY)
    with django_assert_num_queries(3):
        warned(MONDAY, asked, reader=reader)
    with django_assert_num_queries(3):
        warned(closed, asked, reader=reader)


@settings(max_examples=40, deadline=None)
@given(
    wished=st.dates(date(2026, 12, 1), date(2027, 6, 30)),
    clock=st.sampled_from(["08:30", "13:00", "15:45", "19:00"]),
    taken=st.lists(
        st.tuples(st.integers(1, 25), st.sampled_from(["08:00", "13:30", "16:00"])), max_size=12
    ),
    inset=st.sets(st.dates(date(2026, 12, 1), date(2027, 7, 20)), max_size=8),
)
def test_a_suggested_day_never_has_a_warning(wished, clock, taken, inset):
    person, reader = PersonFactory(), PersonFactory()
    delph, diggle = known(), known(name="Diggle School", inset_days=dict.fromkeys(inset, ""))
    for days, other in taken:
        busy(person, wished + timedelta(days=days), other)
    asked = asked_of(delph, diggle, people=[person])

    found = free_days(span=at(wished, clock), asked=asked, today=TODAY)

    assert len(found) == 5
    assert [warned(day, asked, clock, reader) for day in found] == [[]] * 5


def test_times_of_day_stay_on_the_uks_clock_when_it_changes():
    starts_at, ends_at = span_on(date(2027, 4, 12), at(date(2027, 3, 8)))

    assert starts_at.isoformat() == "2027-04-12T16:00:00+01:00"
    assert ends_at.isoformat() == "2027-04-12T17:30:00+01:00"


def test_a_monthly_series_keeps_the_weekday_of_the_month_and_moves_off_closed_days():
    asked = asked_of(known())

    found = series_of(date(2027, 1, 4), Repeat.MONTHLY, until=date(2027, 6, 30), asked=asked)

    inset = "an INSET day (Phonics)"
    assert found == [
        Planned(date(2027, 1, 5), date(2027, 1, 4), inset),
        Planned(date(2027, 2, 1)),
        Planned(date(2027, 3, 1)),
        Planned(date(2027, 4, 12), date(2027, 4, 5), "in the Easter holiday"),
        Planned(date(2027, 5, 4), date(2027, 5, 3), "a bank holiday (Early May bank holiday)"),
        Planned(date(2027, 6, 7)),
    ]


def test_a_fifth_weekday_is_the_last_one_of_shorter_months():
    found = series_of(date(2027, 3, 31), Repeat.MONTHLY, until=date(2027, 6, 30), asked=NOBODY)

    assert [each.day for each in found] == [
        date(2027, 3, 31),
        date(2027, 4, 28),
        date(2027, 5, 26),
        date(2027, 6, 30),
    ]


def test_a_series_of_every_half_term_keeps_week_and_weekday():
    asked = asked_of(known())

    found = series_of(date(2026, 11, 10), Repeat.HALF_TERM, until=date(2027, 7, 31), asked=asked)

    assert [each.day for each in found] == [
        date(2026, 11, 10),
        date(2027, 1, 12),
        date(2027, 3, 2),
        date(2027, 4, 20),
        date(2027, 6, 15),
    ]


def test_once_is_one_day_and_half_terms_must_be_known():
    assert series_of(MONDAY, Repeat.ONCE, until=None, asked=NOBODY) == [Planned(MONDAY)]
    with pytest.raises(NoDatesKnown):
        series_of(MONDAY, Repeat.HALF_TERM, until=None, asked=NOBODY)
    with pytest.raises(NoDatesKnown):
        series_of(date(2027, 2, 16), Repeat.HALF_TERM, until=None, asked=asked_of(known()))


def test_who_is_asked_comes_from_places_with_and_without_a_school():
    asked = Asked.of([(1, 7), (2, None), (1, 8)])

    assert asked == Asked(frozenset({1, 2}), frozenset({7, 8}))


def test_the_same_weekday_is_taken_in_the_next_week_of_term():
    schools = [known().pk]

    assert next_open_week(date(2026, 12, 3), schools) == date(2026, 12, 3)
    assert next_open_week(date(2026, 12, 31), schools) == date(2027, 1, 7)
    assert next_open_week(date(2026, 12, 31), []) == date(2026, 12, 31)
