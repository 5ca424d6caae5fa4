import csv
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from partnership.calendar.navigation import entries
from tests.factories import (
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)
from tests.factories.calendar import authority_owner, settle

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAUGHTY = json.loads((Path(__file__).parents[3] / "data" / "blns.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def asked(person, *moment, **facts):
    starts_at = datetime(*(moment or (2026, 11, 24, 16)), tzinfo=UTC)
    return MeetingReplyFactory(person=person, meeting__starts_at=starts_at, **facts).meeting


def shown(page):
    return [entry.thing_id for entry in page.context["diary"].entries]


def test_the_diary_shows_the_month_of_today_and_what_is_in_it():
    person = PersonFactory()
    meeting = asked(person, meeting__title="Heads’ November")
    asked(person, 2026, 12, 1, 16)
    asked(PersonFactory())

    page = client_of(person).get("/diary/")

    assert shown(page) == [meeting.pk]
    body = page.content.decode()
    assert "November 2026: 1 entry that concerns you." in body
    assert body.count(f'href="/meetings/{meeting.pk}/"') == 2
    assert '<td class="" aria-current="date">' in body or "is-weekend" in body


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?on=2027-01-12", "January 2027"),
        ("?on=nonsense", "November 2026"),
        ("?on=0001-01-01", "November 2026"),
        ("?on=9999-12-31", "November 2026"),
        ("?on=2099-12-31", "December 2099"),
        ("?on=2000-01-01", "January 2000"),
        ("?span=half_term", "November 2026"),
    ],
)
def test_the_address_says_which_month(query, name):
    page = client_of(PersonFactory()).get(f"/diary/{query}")

    assert page.context["diary"].span.name == name
    assert "Nothing stands in your diary here." in page.content.decode()


def test_a_head_turns_to_half_terms_and_sees_when_her_school_is_closed():
    post = SchoolPostFactory()
    settle(authority_owner(post.school.authority))
    asked(post.person, 2026, 12, 20, 16)
    client = client_of(post.person)

    month = client.get("/diary/?on=2026-12-01").content.decode()
    half_term = client.get("/diary/?span=half_term&on=2026-12-01")

    assert '<a href="?on=2026-12-01&amp;span=half_term">by half term</a>' in month
    assert '<span class="closed">Holiday</span>' in month
    diary = half_term.context["diary"]
    assert (diary.span.name, len(diary.entries)) == ("Autumn 2, 2026 to 2027", 1)
    assert (diary.previous.name, diary.next.name) == (
        "Autumn 1, 2026 to 2027",
        "Spring 1, 2026 to 2027",
    )


def test_what_is_cancelled_stands_there_and_says_so():
    person = PersonFactory()
    asked(person, meeting__state="cancelled")

    body = client_of(person).get("/diary/").content.decode()

    assert "Cancelled" in body
    assert "(cancelled)" in body


def test_a_diary_is_narrowed_to_a_group_and_an_alliance():
    person = PersonFactory()
    mine, other = (SeatFactory(person=person, body__name=name).body for name in ("A", "B"))
    first = MeetingFactory(body=mine, called=True, starts_at=datetime(2026, 11, 24, 16, tzinfo=UTC))
    second = MeetingFactory(
        body=other, called=True, starts_at=datetime(2026, 11, 25, 16, tzinfo=UTC)
    )
    client = client_of(person)

    assert shown(client.get("/diary/")) == [first.pk, second.pk]
    assert shown(client.get("/diary/", {"group": mine.pk})) == [first.pk]
    assert shown(client.get("/diary/", {"alliance": other.alliance_id})) == [second.pk]
    page = client.get("/diary/", {"group": mine.pk, "on": "2026-11-01"})
    assert [chip.address for chip in page.context["chips"]] == ["?on=2026-11-01"]


def test_a_group_that_she_does_not_see_is_no_choice():
    page = client_of(PersonFactory()).get("/diary/", {"group": BodyFactory().pk})

    assert page.status_code == 200
    assert shown(page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_diary_costs_the_same_for_any_number(django_assert_num_queries, count):
    person = PersonFactory()
    for _ in range(count):
        asked(person)
    client = client_of(person)
    client.get("/diary/")

    with django_assert_num_queries(5):
        assert len(shown(client.get("/diary/"))) == count


def test_the_list_comes_as_a_file():
    person = PersonFactory()
    meeting = asked(person, meeting__title="=Heads", answer="yes", answered_at=NOW)

    response = client_of(person).get("/diary/export.csv")
    header, row = csv.reader(StringIO(b"".join(response).decode("utf-8-sig")))

    assert header[:3] == ["What", "Kind", "Starts"]
    assert row == [
        "'=Heads",
        "Meeting",
        "24/11/2026 16:00",
        f"{meeting.ends_at:%d/%m/%Y %H:%M}",
        meeting.place,
        meeting.body.name,
        meeting.body.alliance.name,
        "Called",
        "Yes",
    ]


@pytest.mark.parametrize("name", ["on", "span", "group", "alliance", "kind"])
def test_no_naughty_string_in_the_address_makes_the_diary_fall_over(name):
    client = client_of(SeatFactory(person=PersonFactory()).person)

    for start in range(0, len(NAUGHTY), 8):
        words = " ".join(NAUGHTY[start : start + 8])
        assert client.get("/diary/", {name: words}).status_code == 200


def test_everybody_has_a_diary_in_the_bar():
    assert [(entry.label, entry.url) for entry in entries(PersonFactory())] == [
        ("Diary", "/diary/"),
        ("Term dates", "/calendar/"),
    ]
