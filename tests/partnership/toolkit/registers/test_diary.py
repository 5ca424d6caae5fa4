from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.meetings.models import Meeting
from partnership.toolkit.registers import (
    CANCELLED,
    Circle,
    DiaryWindow,
    circles_of,
    diary,
    diary_kinds,
    diary_stamps,
)
from partnership.toolkit.versions import apply_changes
from tests.factories import MeetingFactory, MeetingReplyFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db

FIRST = datetime(2027, 1, 11, tzinfo=UTC)
TODAY = date(2027, 1, 11)
DAY = timedelta(days=1)


def asked(person, starts_at, **facts):
    return MeetingReplyFactory(person=person, meeting__starts_at=starts_at, **facts).meeting


def shown(person, *, days=7, limit=50):
    return [
        entry.thing_id
        for entry in diary(DiaryWindow(person, FIRST, FIRST + days * DAY), limit=limit)
    ]


def test_a_diary_holds_what_begins_in_its_window_in_order():
    person = PersonFactory()
    last = asked(person, FIRST + 6 * DAY)
    first = asked(person, FIRST)
    asked(person, FIRST - timedelta(seconds=1))
    asked(person, FIRST + 7 * DAY)
    asked(PersonFactory(), FIRST + DAY)

    assert shown(person) == [first.pk, last.pk]
    assert shown(person, limit=1) == [first.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_a_diary_is_one_select_however_many_rooms_and_rows(django_assert_num_queries, count):
    person = PersonFactory()
    for _ in range(count):
        asked(person, FIRST + DAY)

    with django_assert_num_queries(1):
        assert len(shown(person)) == count


def test_an_entry_says_where_it_leads_and_what_was_answered():
    person = PersonFactory()
    meeting = asked(person, FIRST + DAY, meeting__title="Heads", answer="maybe", answered_at=FIRST)

    (entry,) = diary(DiaryWindow(person, FIRST, FIRST + 7 * DAY), limit=5)

    assert (entry.title, entry.reply, entry.state) == ("Heads", "maybe", Meeting.State.CALLED)
    assert entry.url == meeting.get_absolute_url()
    assert entry.spec is diary_kinds()[entry.kind]


def test_an_entry_says_whose_it_is_and_how_often_it_moved():
    meeting = asked(
        person := PersonFactory(),
        FIRST + DAY,
        meeting__called_at=FIRST - DAY,
        meeting__moved_at=FIRST,
        meeting__sequence=2,
        meeting__version=5,
    )

    (entry,) = diary(DiaryWindow(person, FIRST, FIRST + 7 * DAY), limit=5)

    body = meeting.body
    assert (entry.circle_id, entry.circle) == (body.pk, body.name)
    assert (entry.alliance_id, entry.alliance) == (body.alliance_id, body.alliance.name)
    assert (entry.sequence, entry.version, entry.changed_at) == (2, 5, FIRST)


def test_what_is_cancelled_is_shown_to_who_asks_for_it():
    person = PersonFactory()
    meeting = asked(person, FIRST, meeting__state="cancelled")
    window = DiaryWindow(person, FIRST, FIRST + DAY)

    assert diary(window, limit=5) == []
    (entry,) = diary(replace(window, with_cancelled=True), limit=5)
    assert (entry.thing_id, entry.state) == (meeting.pk, CANCELLED)


def test_stamps_are_those_of_the_entries_in_one_select(django_assert_num_queries):
    person = PersonFactory()
    asked(person, FIRST + DAY)
    asked(person, FIRST)
    window = DiaryWindow(person, FIRST, FIRST + 7 * DAY)

    with django_assert_num_queries(1):
        stamps = diary_stamps(window)

    assert stamps == (sorted(entry.stamp for entry in diary(window, limit=5)), None)
    assert len(stamps.entries) == 2


def test_a_stamp_is_another_as_soon_as_the_thing_is_saved_anew():
    person = PersonFactory()
    meeting = asked(person, FIRST)
    window = DiaryWindow(person, FIRST, FIRST + DAY)
    before = diary_stamps(window)
    apply_changes(meeting, {"title": "Another title"})

    assert diary_stamps(window) != before


def test_a_circles_diary_holds_all_of_it_that_she_may_see_under_its_name():
    seat = SeatFactory(person=PersonFactory())
    calm = MeetingFactory(body=seat.body, called=True, starts_at=FIRST)
    MeetingFactory(body=seat.body, starts_at=FIRST)
    asked(seat.person, FIRST)
    window = DiaryWindow(seat.person, FIRST, FIRST + DAY, circle_id=seat.body_id)

    stamps = diary_stamps(window)

    (entry,) = diary(window, limit=5)
    assert entry.thing_id == calm.pk
    assert stamps == ([entry.stamp], seat.body.name)


def test_a_circle_out_of_sight_has_neither_name_nor_entries():
    seat = SeatFactory(person=PersonFactory())
    MeetingFactory(body=seat.body, called=True, starts_at=FIRST)
    window = DiaryWindow(PersonFactory(), FIRST, FIRST + DAY, circle_id=seat.body_id)

    assert diary_stamps(window) == ([], None)
    assert diary(window, limit=5) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_persons_circles_are_one_select(django_assert_num_queries, count):
    person = PersonFactory()
    seats = [SeatFactory(person=person, body__name=f"B{n}") for n in range(count)]
    SeatFactory(person=PersonFactory())

    with django_assert_num_queries(1):
        circles = circles_of(person, TODAY)

    assert sorted(circle.pk for circle in circles) == [seat.body_id for seat in seats]
    body = seats[0].body
    first = next(circle for circle in circles if circle.pk == body.pk)
    assert first == Circle(body.pk, "B0", body.alliance_id, body.alliance.name)
