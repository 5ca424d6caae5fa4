from datetime import UTC, date, datetime, timedelta

import pytest

from partnership.home.desk import NEWS_SHOWN, news_of
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MeetingFactory,
    MeetingReplyFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def told(person):
    return [(item.on, f"{item.title} {item.line}", item.url) for item in news_of(person, now=NOW)]


def asked(person, **meeting):
    facts = {f"meeting__{name}": value for name, value in meeting.items()}
    return MeetingReplyFactory(person=person, asked_at=NOW - 20 * DAY, **facts).meeting


@pytest.fixture
def head():
    return SchoolPostFactory(starts_on=date(2020, 9, 1), school__name="Example Junior")


def test_what_happened_last_to_a_meeting_is_news_to_those_asked():
    person = PersonFactory()
    ahead = {"called_at": NOW - 9 * DAY, "starts_at": NOW + 30 * DAY}
    called = asked(person, title="Heads", **ahead)
    moved = asked(person, title="Board", moved_at=NOW - 3 * DAY, **ahead)
    cancelled = asked(
        person,
        title="Finance",
        state="cancelled",
        moved_at=NOW - 4 * DAY,
        cancelled_at=NOW - 2 * DAY,
        **ahead,
    )
    minuted = asked(
        person,
        title="Chairs",
        state="held",
        called_at=NOW - 60 * DAY,
        starts_at=NOW - 30 * DAY,
        minutes_state="checked",
        minutes_checked_at=NOW - 1 * DAY,
    )
    asked(person, title="Long ago", called_at=NOW - 60 * DAY, starts_at=NOW + 30 * DAY)

    assert told(person) == [
        (date(2026, 11, 21), "Chairs has minutes to read.", minuted.get_absolute_url()),
        (date(2026, 11, 20), "Finance is cancelled.", cancelled.get_absolute_url()),
        (date(2026, 11, 19), "Board has moved.", moved.get_absolute_url()),
        (date(2026, 11, 13), "Heads is called.", called.get_absolute_url()),
    ]


def test_meetings_of_others_and_drafts_are_no_news():
    person = PersonFactory()
    MeetingFactory(called_at=NOW - DAY, starts_at=NOW + 30 * DAY)
    asked(person, state="draft", called_at=NOW - DAY, starts_at=NOW + 30 * DAY)

    assert told(person) == []


def test_who_and_what_is_new_in_ones_alliances_is_news(head):
    alliance = AllianceFactory(name="North", slug="north")
    MembershipFactory(alliance=alliance, school=head.school)
    MembershipFactory(
        alliance=alliance, school=SchoolFactory(name="Example Infant"), starts_on=date(2026, 11, 20)
    )
    AlliancePostFactory(
        alliance=alliance,
        kind="chair",
        person=PersonFactory(name="Ruth Okafor"),
        starts_on=date(2026, 11, 16),
    )
    AlliancePostFactory(kind="chair", starts_on=date(2026, 11, 16))
    MembershipFactory(starts_on=date(2026, 11, 20))

    assert told(head.person) == [
        (date(2026, 11, 20), "Example Infant has joined North.", "/alliances/north/"),
        (
            date(2026, 11, 16),
            "Ruth Okafor has a new post in North: chair.",
            "/alliances/north/people/",
        ),
    ]


def test_what_begins_tomorrow_is_no_news_yet(head):
    alliance = AllianceFactory()
    MembershipFactory(alliance=alliance, school=head.school)
    MembershipFactory(alliance=alliance, starts_on=date(2026, 11, 23))
    SchoolPostFactory(school=head.school, kind="deputy", starts_on=date(2026, 11, 23))

    assert told(head.person) == []


def test_a_colleagues_new_post_is_news_in_her_school_alone(head):
    deputy = {"kind": "deputy", "starts_on": date(2026, 11, 16)}
    SchoolPostFactory(school=head.school, person__name="Amal Idris", **deputy)
    SchoolPostFactory(**deputy)

    assert [text for _on, text, _url in told(head.person)] == [
        "Amal Idris has a new post at Example Junior: deputy headteacher."
    ]


def test_a_school_that_joined_a_workhub_is_news_to_its_lead_and_its_schools(head):
    year = WorkhubYearFactory(
        workhub__name="Phonics", workhub__slug="phonics", lead=PersonFactory()
    )
    WorkhubSchoolFactory(
        workhub_year=year, joined=True, school=head.school, joined_on=date(2026, 9, 1)
    )
    WorkhubSchoolFactory(
        workhub_year=year,
        joined=True,
        school__name="Example Infant",
        joined_on=date(2026, 11, 18),
    )
    WorkhubSchoolFactory(joined=True, joined_on=date(2026, 11, 18))

    expected = [
        (
            date(2026, 11, 18),
            "Example Infant has joined the workhub Phonics.",
            "/workhubs/phonics/",
        )
    ]
    assert told(head.person) == expected
    assert told(year.lead) == expected


@pytest.mark.parametrize("joined", [1, 3, NEWS_SHOWN + 2])
def test_news_cost_one_query(django_assert_num_queries, head, joined):
    alliance = AllianceFactory()
    MembershipFactory(alliance=alliance, school=head.school)
    MembershipFactory.create_batch(joined, alliance=alliance, starts_on=date(2026, 11, 20))

    with django_assert_num_queries(1):
        shown = news_of(head.person, now=NOW)

    assert len(shown) == min(joined, NEWS_SHOWN)
