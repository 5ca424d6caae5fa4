from datetime import UTC, datetime, timedelta

import pytest

from alliances.meetings.models import Meeting
from partnership.toolkit.registers import DiaryWindow, diary, diary_kinds
from tests.factories import MeetingReplyFactory, PersonFactory

pytestmark = pytest.mark.django_db

FIRST = datetime(2027, 1, 11, tzinfo=UTC)
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
