from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.meetings.models import Meeting, MeetingReply
from partnership.calendar.days import UK
from partnership.home.desk import (
    DUTIES_SHOWN,
    NEXT_SHOWN,
    DutyGroup,
    desk_of,
    duties_of,
    greeting_at,
    grouped,
    is_newly_joined,
    summary_of,
)
from partnership.toolkit.registers import Card, duty_kinds, gather, places_beside
from tests.factories import MeetingReplyFactory, PersonFactory, SchoolPostFactory
from tests.factories.calendar import authority_owner, settle

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)


def asked(person, due_at, **facts):
    return MeetingReplyFactory(
        person=person,
        asked_at=NOW - 30 * DAY,
        meeting__called_at=NOW - 30 * DAY,
        meeting__answer_by=due_at,
        meeting__starts_at=facts.pop("starts_at", NOW + 60 * DAY),
        **facts,
    )


def titles(groups):
    return [
        (group.heading, group.tone, [duty.subject for duty in group.duties]) for group in groups
    ]


def groups_of(**counts):
    headings = {"late": "Late", "today": "Today", "week": "This week", "later": "Later"}
    return [
        DutyGroup(heading, "", [None] * counts[name])
        for name, heading in headings.items()
        if name in counts
    ]


def test_duties_are_grouped_by_urgency_and_the_most_urgent_come_first():
    person = PersonFactory()
    for due_at, title in (
        (NOW + 30 * DAY, "later"),
        (datetime(2027, 1, 17, 23, 59, tzinfo=UK), "sunday"),
        (datetime(2027, 1, 18, 0, 0, tzinfo=UK), "monday"),
        (datetime(2027, 1, 13, 0, 0, tzinfo=UK), "tomorrow"),
        (datetime(2027, 1, 12, 23, 59, tzinfo=UK), "tonight"),
        (NOW, "just now"),
        (NOW - timedelta(seconds=1), "a second late"),
        (NOW - 10 * DAY, "long late"),
    ):
        asked(person, due_at, meeting__title=title)

    assert titles(grouped(duties_of(person, now=NOW), now=NOW)) == [
        ("Late", "late", ["long late", "a second late"]),
        ("Today", "soon", ["just now", "tonight"]),
        ("This week", "", ["tomorrow", "sunday"]),
        ("Later", "", ["monday", "later"]),
    ]


def test_today_is_the_day_in_the_uk():
    person = PersonFactory()
    late_evening = datetime(2027, 6, 15, 23, 30, tzinfo=UTC)  # half past midnight on the 16th
    asked(person, late_evening + timedelta(hours=20), starts_at=late_evening + 60 * DAY)

    (group,) = grouped(duties_of(person, now=late_evening), now=late_evening)

    assert group.heading == "Today"


def test_a_desk_shows_nobody_elses_duties_and_none_that_is_done():
    person = PersonFactory()
    asked(PersonFactory(), NOW + DAY)
    asked(person, NOW + DAY, answer=MeetingReply.Answer.YES, answered_at=NOW)
    asked(person, NOW + DAY, meeting__state=Meeting.State.CANCELLED)
    mine = asked(person, NOW + DAY)

    assert [duty.thing_id for duty in duties_of(person, now=NOW)] == [mine.pk]


def test_a_desk_holds_so_many_duties_and_no_more():
    person = PersonFactory()
    for _ in range(DUTIES_SHOWN + 1):
        asked(person, NOW + DAY)

    assert len(duties_of(person, now=NOW)) == DUTIES_SHOWN


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "Nothing waits on you."),
        ({"later": 1}, "Nothing is late; one thing can wait."),
        ({"week": 1, "later": 2}, "Nothing is late; three things can wait."),
        ({"today": 1, "later": 4}, "One thing is for today."),
        ({"today": 2}, "Two things are for today."),
        ({"late": 1}, "One thing is late."),
        ({"late": 6, "week": 1}, "6 things are late."),
        ({"late": 1, "today": 1}, "One thing is late and one is for today."),
        ({"late": 2, "today": 5}, "Two things are late and five are for today."),
        ({"late": 7, "today": 12}, "7 things are late and 12 are for today."),
    ],
)
def test_one_sentence_says_what_waits(counts, sentence):
    assert summary_of(groups_of(**counts)) == sentence


def test_what_is_next_is_what_has_not_ended():
    person = PersonFactory()
    over = asked(person, NOW - 2 * DAY, starts_at=NOW - timedelta(hours=3)).meeting
    running = asked(person, NOW - 2 * DAY, starts_at=NOW - timedelta(hours=1)).meeting
    coming = [asked(person, NOW, starts_at=NOW + n * DAY).meeting for n in range(1, 7)]
    asked(PersonFactory(), NOW, starts_at=NOW + DAY)

    desk = desk_of(person, now=NOW)

    shown = [entry.thing_id for entry in desk.next_entries]
    assert over.pk not in shown
    assert shown == [running.pk, *[meeting.pk for meeting in coming]][:NEXT_SHOWN]


def test_the_term_strip_marks_the_weeks_of_meetings_and_of_what_is_due():
    person = PersonFactory()
    asked(
        person,
        datetime(2027, 1, 25, 12, tzinfo=UTC),
        starts_at=datetime(2027, 2, 2, 16, tzinfo=UTC),
    )

    desk = desk_of(person, now=NOW)

    assert desk.strip.term.name == "Spring term"
    marked = {week.week.monday: week.words for week in desk.strip.weeks if week.marks}
    assert marked == {
        date(2027, 1, 25): "something of yours is due",
        date(2027, 2, 1): "meeting",
    }
    assert desk.strip.weeks[0].words == "nothing yet"
    assert desk.strip.legend == (
        ("meeting", "meeting"),
        ("visit", "visit"),
        ("review", "review"),
        ("due", "something of yours is due"),
    )


def test_the_term_strip_follows_the_dates_of_the_persons_school():
    post = SchoolPostFactory(school__name="Diggle School")
    settle(authority_owner(post.school.authority), is_example=True)

    desk = desk_of(post.person, now=NOW)

    assert (desk.strip.term.starts_on, desk.strip.term.ends_on) == (
        date(2027, 1, 4),
        date(2027, 3, 25),
    )
    closed = {week.week.monday: week.week.closed for week in desk.strip.weeks if week.week.closed}
    assert closed == {date(2027, 2, 15): "Half term"}
    assert desk.strip.source.followed.name == "Diggle School"
    assert (desk.strip.source.is_known, desk.strip.source.is_example) == (True, True)


def test_the_term_strip_says_that_no_dates_are_known():
    post = SchoolPostFactory()

    assert desk_of(post.person, now=NOW).strip.source.is_known is False
    assert desk_of(PersonFactory(), now=NOW).strip.source.followed is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_desk_costs_four_queries_whatever_waits(django_assert_num_queries, count):
    person = SchoolPostFactory().person
    for _ in range(count):
        asked(person, NOW + DAY)

    with django_assert_num_queries(4):
        desk = desk_of(person, now=NOW)

    assert sum(len(group.duties) for group in desk.groups) == count


def test_late_things_are_counted_for_the_top_bar():
    person = PersonFactory()
    asked(person, NOW - DAY)
    asked(person, NOW - 2 * DAY)
    asked(person, NOW + DAY)

    assert desk_of(person, now=NOW).late_count == 2


@pytest.mark.parametrize(
    ("moment", "greeting"),
    [
        (datetime(2027, 1, 12, 0, tzinfo=UK), "Good morning"),
        (datetime(2027, 1, 12, 11, 59, tzinfo=UK), "Good morning"),
        (datetime(2027, 1, 12, 12, tzinfo=UK), "Good afternoon"),
        (datetime(2027, 6, 15, 16, 59, tzinfo=UTC), "Good afternoon"),
        (datetime(2027, 6, 15, 17, tzinfo=UTC), "Good evening"),
    ],
)
def test_the_desk_greets_by_the_uk_clock(moment, greeting):
    assert greeting_at(moment) == greeting


def test_the_desk_explains_itself_for_a_week():
    person = PersonFactory(joined_at=NOW)

    assert is_newly_joined(person, now=NOW + 6 * DAY)
    assert not is_newly_joined(person, now=NOW + 7 * DAY)
    assert not is_newly_joined(PersonFactory(joined_at=None), now=NOW)


def test_what_is_owed_beside_a_panel_is_owed_beside_one_of_the_desk():
    kinds = [kind for kind in gather("cards", "CARDS") if kind.place == "desk"]
    panels = {kind.key: Card("", {}, frozenset(kind.words)) for kind in kinds}

    besides = {kind.beside for kind in duty_kinds().values()}

    assert {place.partition(":")[0] for place in besides - {""}} == {
        "cycles.own_days",
        "programmes.own",
    }
    assert besides - {""} <= places_beside(panels)
