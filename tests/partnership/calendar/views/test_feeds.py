import re
from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from alliances.meetings.models import Meeting
from alliances.meetings.services import edit_meeting
from partnership.audit.models import Event
from partnership.audit.services import record
from partnership.calendar.models import DiaryFeed
from tests.factories import DiaryFeedFactory, MeetingReplyFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db

NOT_MODIFIED = 304


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def asked(person):
    return MeetingReplyFactory(
        person=person, meeting__starts_at=timezone.now() + timedelta(days=20)
    ).meeting


def read(feed, **headers):
    return Client().get(f"/diary/feeds/{feed.secret}.ics", headers=headers)


def titles(response):
    calendar = icalendar.Calendar.from_ical(response.content)
    return [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]


def test_a_calendar_reads_a_feed_without_signing_in():
    feed = DiaryFeedFactory()
    meeting = asked(feed.person)
    asked(PersonFactory())

    response = read(feed)

    assert titles(response) == [meeting.title]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == (
        "no-referrer",
        "noindex, nofollow",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_three_selects_and_one_when_nothing_can_have_changed(
    django_assert_num_queries, count
):
    feed = DiaryFeedFactory()
    for _ in range(count):
        asked(feed.person)

    with django_assert_num_queries(3):
        first = read(feed)
    with django_assert_num_queries(2):
        second = read(feed)
    with django_assert_num_queries(1):
        third = read(feed, if_none_match=first["ETag"])
    record("something happened", feed.person, by=None, at=timezone.now())
    with django_assert_num_queries(2):
        fourth = read(feed, if_none_match=first["ETag"])

    assert first.content == second.content
    for same in (third, fourth):
        assert (same.status_code, same.content, same["ETag"]) == (NOT_MODIFIED, b"", first["ETag"])
        assert same["X-Robots-Tag"] == "noindex, nofollow"


def test_a_groups_feed_costs_as_little(django_assert_num_queries):
    seat = SeatFactory(person=PersonFactory())
    feed = DiaryFeedFactory(person=seat.person, circle_id=seat.body_id)
    first = read(feed)

    with django_assert_num_queries(1):
        assert read(feed, if_none_match=first["ETag"]).status_code == NOT_MODIFIED


def test_a_move_is_told_to_who_asks_whether_anything_changed():
    feed = DiaryFeedFactory()
    meeting = asked(feed.person)
    first = read(feed)
    changes = {"title": "Another"}
    edit_meeting(meeting=meeting, changes=changes, by=feed.person, now=timezone.now())

    response = read(feed, if_none_match=first["ETag"])

    assert titles(response) == ["Another"]
    assert response["ETag"] != first["ETag"]


def test_an_event_that_is_committed_late_is_seen():
    feed = DiaryFeedFactory()
    meeting = asked(feed.person)
    late, _early = (record("something", feed.person, by=None, at=timezone.now()) for _ in range(2))
    Event.objects.filter(pk=late.pk).delete()
    first = read(feed)
    Event(pk=late.pk, at=timezone.now(), action="moved", thing_id=1).save_base(force_insert=True)
    Meeting.objects.filter(pk=meeting.pk).update(title="Another", version=9)

    assert titles(read(feed, if_none_match=first["ETag"])) == ["Another"]


def test_the_day_is_another_reason_to_look_again(time_machine):
    seat = SeatFactory(person=PersonFactory(), ends_on=timezone.localdate())
    feed = DiaryFeedFactory(person=seat.person, circle_id=seat.body_id)
    first = read(feed)
    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert read(feed, if_none_match=first["ETag"]).status_code == 410


def test_whoever_may_not_sign_in_any_more_has_no_feed():
    feed = DiaryFeedFactory()
    asked(feed.person)
    feed.person.is_active = False
    feed.person.save()

    response = read(feed)

    assert (response.status_code, response.content) == (
        410,
        b"This diary isn\xe2\x80\x99t read here any more.\n",
    )


def test_a_groups_feed_is_gone_with_the_seat():
    seat = SeatFactory(person=PersonFactory(), ends_on=date(2020, 1, 1))
    feed = DiaryFeedFactory(person=seat.person, circle_id=seat.body_id)

    assert read(feed).status_code == 410


def test_an_address_that_nobody_has_shows_nothing_and_a_post_nothing_either():
    assert Client().get("/diary/feeds/made-up.ics").status_code == 404
    assert Client().post(f"/diary/feeds/{DiaryFeedFactory().secret}.ics").status_code == 405


def test_a_person_makes_the_address_of_her_diary_once_and_finds_it_again():
    person = PersonFactory()
    client = client_of(person)

    for _ in range(2):
        client.post("/diary/feeds/new/")
    page = client.get("/diary/feeds/")

    feed = DiaryFeed.objects.get()
    assert (feed.person, feed.circle_id) == (person, None)
    assert re.fullmatch(r"[\w-]{43}", feed.secret)
    body = page.content.decode()
    assert f'value="http://testserver/diary/feeds/{feed.secret}.ics"' in body
    assert f'href="webcal://testserver/diary/feeds/{feed.secret}.ics"' in body
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    (event,) = Event.objects.filter(model="diaryfeed")
    assert event.action == "diary feed opened"
    assert feed.secret not in str(event.__dict__)


def test_a_person_makes_the_address_of_a_group_that_she_sees_and_of_no_other():
    seat, other = (SeatFactory(person=PersonFactory()) for _ in range(2))
    client = client_of(seat.person)

    refused = client.post("/diary/feeds/new/", {"group": other.body_id})
    made = client.post("/diary/feeds/new/", {"group": seat.body_id})

    assert (refused.status_code, made.status_code) == (404, 302)
    assert DiaryFeed.objects.get().circle_id == seat.body_id


def test_a_new_address_kills_the_old_one():
    feed = DiaryFeedFactory()
    old = feed.secret

    asked_first = client_of(feed.person).get(f"/diary/feeds/{feed.pk}/renew/")
    client_of(feed.person).post(f"/diary/feeds/{feed.pk}/renew/")

    assert asked_first.status_code == 200
    assert Client().get(f"/diary/feeds/{old}.ics").status_code == 404
    feed.refresh_from_db()
    assert read(feed).status_code == 200
    assert Event.objects.filter(action="diary feed renewed").count() == 1


def test_a_stopped_address_shows_nothing():
    feed = DiaryFeedFactory()

    client_of(feed.person).post(f"/diary/feeds/{feed.pk}/stop/")

    assert read(feed).status_code == 404
    assert Event.objects.filter(action="diary feed stopped").count() == 1


@pytest.mark.parametrize("act", ["renew", "stop"])
def test_nobody_touches_another_persons_feed(act):
    feed = DiaryFeedFactory()

    response = client_of(PersonFactory()).post(f"/diary/feeds/{feed.pk}/{act}/")

    assert response.status_code == 404
    assert DiaryFeed.objects.get().secret == feed.secret


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_addresses_costs_the_same_for_any_number(django_assert_num_queries, count):
    person = PersonFactory()
    for _ in range(count):
        seat = SeatFactory(person=person)
        DiaryFeedFactory(person=person, circle_id=seat.body_id)
    client = client_of(person)
    client.get("/diary/feeds/")

    with django_assert_num_queries(3):
        page = client.get("/diary/feeds/")

    assert len(page.context["feeds"]) == 1 + count
    assert page.context["groups"] == []
