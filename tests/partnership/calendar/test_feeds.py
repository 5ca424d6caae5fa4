from datetime import UTC, date, datetime

import icalendar
import pytest

from partnership.calendar.feeds import contents_of, feed_at, window_of
from tests.factories import (
    DiaryFeedFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


STARTS_AT = at(2027, 1, 12, 16)


def asked(feed, starts_at=STARTS_AT, **facts):
    return MeetingReplyFactory(person=feed.person, meeting__starts_at=starts_at, **facts).meeting


def contents(feed, today):
    return contents_of(feed_at(feed.secret), today)


def events(held):
    calendar = icalendar.Calendar.from_ical(held.body)
    return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def shown(feed):
    return sorted(int(uid.rpartition("-")[2]) for uid in events(contents(feed, TODAY)))


def test_a_feed_is_found_by_its_secret_alone():
    feed = DiaryFeedFactory()

    assert feed_at(feed.secret)[:5] == (feed.pk, None, feed.person_id, True, False)
    assert feed_at(feed.secret.upper()) is None
    assert feed_at("x" * 5_000) is None
    assert feed_at("é") is None


def test_a_feed_holds_the_last_this_and_the_next_academic_year():
    feed = DiaryFeedFactory()
    asked(feed, at(2025, 8, 31, 22))
    first = asked(feed, at(2025, 8, 31, 23))
    last = asked(feed, at(2028, 8, 31, 22))
    asked(feed, at(2028, 8, 31, 23))

    assert shown(feed) == sorted([first.pk, last.pk])
    assert window_of(feed_at(feed.secret), TODAY).on == TODAY


def test_a_feed_is_read_in_three_selects_and_in_two_once_its_bytes_are_kept(
    django_assert_num_queries,
):
    feed = DiaryFeedFactory()
    asked(feed)
    other = DiaryFeedFactory()
    for _ in range(3):
        asked(other)

    for each, count in ((feed, 1), (other, 3)):
        with django_assert_num_queries(3):
            assert len(events(contents(each, TODAY))) == count
        with django_assert_num_queries(2):
            assert len(events(contents(each, TODAY))) == count


def test_what_moves_keeps_its_uid_and_is_another_answer():
    feed = DiaryFeedFactory()
    meeting = asked(feed)
    before = contents(feed, TODAY)
    (uid,) = events(before)
    meeting.starts_at, meeting.ends_at = at(2027, 6, 8, 9), at(2027, 6, 8, 10)
    meeting.sequence, meeting.version, meeting.moved_at = 1, 2, at(2026, 11, 21)
    meeting.save()

    after = contents(feed, TODAY)

    assert after.etag != before.etag
    assert list(events(after)) == [uid]
    assert events(after)[uid].start == at(2027, 6, 8, 9)
    assert events(after)[uid]["SEQUENCE"] == 1


def test_what_is_cancelled_stays_and_says_so():
    feed = DiaryFeedFactory()
    asked(feed, meeting__state="cancelled")

    (event,) = events(contents(feed, TODAY)).values()

    assert event["STATUS"] == "CANCELLED"


def test_the_same_answer_has_the_same_tag_and_another_person_another():
    feed = DiaryFeedFactory()
    asked(feed)
    other = DiaryFeedFactory()
    asked(other)

    assert contents(feed, TODAY).etag == contents(feed, TODAY).etag
    assert contents(feed, TODAY).etag != contents(other, TODAY).etag


def test_a_feed_forgets_what_its_owner_may_not_see_any_more():
    feed = DiaryFeedFactory()
    meeting = asked(feed)
    before = contents(feed, TODAY).etag
    meeting.replies.update(ended_at=at(2026, 11, 21))

    assert shown(feed) == []
    assert contents(feed, TODAY).etag != before


def test_a_groups_feed_holds_all_of_it_under_its_name():
    seat = SeatFactory(person=PersonFactory())
    feed = DiaryFeedFactory(person=seat.person, circle_id=seat.body_id)
    meeting = MeetingFactory(body=seat.body, called=True, starts_at=at(2027, 1, 12, 16))
    MeetingFactory(body=seat.body, starts_at=at(2027, 1, 12, 16))
    asked(feed)

    assert shown(feed) == [meeting.pk]
    assert contents(feed, TODAY).name == seat.body.name


def test_a_groups_feed_dies_with_the_sight_of_the_group():
    seat = SeatFactory(person=PersonFactory(), ends_on=date(2026, 11, 21))
    feed = DiaryFeedFactory(person=seat.person, circle_id=seat.body_id)
    MeetingFactory(body=seat.body, called=True, starts_at=at(2027, 1, 12, 16))

    assert contents(feed, date(2026, 11, 21)) is not None
    assert contents(feed, TODAY) is None


def test_an_entry_that_changes_while_it_is_read_is_shown_as_it_is_now():
    feed = DiaryFeedFactory()
    meeting = asked(feed)
    held = contents(feed, TODAY)
    tag = held.etag
    meeting.version, meeting.title = 2, "Another title"
    meeting.save()

    (event,) = events(held).values()

    assert event["SUMMARY"] == "Another title"
    assert held.etag != tag
