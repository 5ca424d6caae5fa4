from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template.loader import render_to_string

from alliances.meetings.cards import CARDS
from alliances.meetings.diary import DIARY
from alliances.meetings.navigation import entries
from alliances.meetings.services import edit_meeting
from partnership.toolkit.registers import DiaryEntry, DiaryWindow, search
from tests.alliances.meetings.acts import NOW, call, seated
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SeatFactory,
)
from tests.factories.meetings import STARTS_AT

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def diary(person, starts_from=NOW, starts_until=datetime(2027, 8, 1, tzinfo=UTC)):
    (kind,) = DIARY
    rows = kind.rows(DiaryWindow(person, starts_from, starts_until))
    return [DiaryEntry(*row) for row in rows.order_by("starts_at", "pk")]


def found(person, words):
    return search(person, words, limit=10, kinds=["meetings.meeting"])


def test_the_diary_holds_what_concerns_her_with_her_answer():
    body = BodyFactory()
    head = seated(body)
    meeting = call(MeetingFactory(body=body, title="Spring term"))
    MeetingReplyFactory()

    (entry,) = diary(head)

    assert (entry.title, entry.state, entry.reply, entry.place, entry.url) == (
        "Spring term",
        "called",
        "none",
        "Greenfield Primary School",
        f"/meetings/{meeting.pk}/",
    )
    assert (entry.starts_at, entry.alliance_id) == (STARTS_AT, body.alliance_id)


def test_another_title_is_news_to_calendars_elsewhere_and_no_move():
    body = BodyFactory()
    head = seated(body)
    meeting = call(MeetingFactory(body=body, title="Spring term"))

    edit_meeting(meeting=meeting, changes={"title": "Summer"}, by=head, now=NOW + DAY)

    (entry,) = diary(head)
    assert (entry.title, entry.changed_at, entry.sequence) == ("Summer", NOW + DAY, 0)
    edit_meeting(meeting=meeting, changes={"note": "Bring a pen"}, by=head, now=NOW + 2 * DAY)
    assert diary(head)[0].changed_at == NOW + DAY


@pytest.mark.parametrize(
    ("state", "count"),
    [("draft", 0), ("called", 1), ("in_session", 1), ("held", 1), ("cancelled", 0)],
)
def test_the_diary_shows_what_is_called_or_was_held(state, count):
    reply = MeetingReplyFactory(meeting__state=state, answer="yes")

    assert [entry.reply for entry in diary(reply.person)] == ["yes"] * count


def test_the_diarys_window_is_half_open():
    reply = MeetingReplyFactory()

    assert len(diary(reply.person, STARTS_AT, STARTS_AT + timedelta(seconds=1))) == 1
    assert diary(reply.person, NOW, STARTS_AT) == []


def test_the_office_has_no_diary_of_what_it_does_not_attend():
    reply = MeetingReplyFactory()
    director = AlliancePostFactory(alliance=reply.meeting.body.alliance).person

    assert diary(director) == []


def test_search_finds_titles_without_marks_or_capitals_and_only_what_she_may_see():
    reply = MeetingReplyFactory(meeting__title="Siân’s Review of the Year")
    MeetingReplyFactory(meeting__title="Review elsewhere")

    (hit,) = found(reply.person, "sian review")

    assert (hit.title, hit.line, hit.url) == (
        "Siân’s Review of the Year",
        reply.meeting.body.name,
        f"/meetings/{reply.meeting.pk}/",
    )
    assert found(PersonFactory(), "review") == []


def test_an_alliances_page_shows_the_groups_she_may_see_the_next_to_meet_first():
    quiet, busy = BodyFactory(name="Board"), BodyFactory(name="Heads")
    busy.alliance = quiet.alliance
    busy.save(update_fields=["alliance"])
    head = seated(busy)
    SeatFactory(body=quiet, person=head)
    BodyFactory(alliance=busy.alliance, name="Not hers")
    BodyFactory(alliance=busy.alliance, name="Closed", lead=head, closed_on=NOW.date() - DAY)
    for week in (3, 2):
        starts_at = NOW + timedelta(weeks=week)
        MeetingFactory(body=busy, called=True, title=f"Week {week}", starts_at=starts_at)
    MeetingFactory(body=busy, called=True, starts_at=NOW - DAY)
    MeetingFactory(body=busy, starts_at=NOW + DAY)
    (kind,) = CARDS

    card = kind.card(head, busy.alliance, NOW)

    assert [(body.name, body.next_title) for body in card.context["bodies"]] == [
        ("Heads", "Week 2"),
        ("Board", None),
    ]
    text = render_to_string(card.template, {"card": card.context})
    assert "Week 2" in text
    assert "no meeting is called" in text
    assert kind.card(PersonFactory(), busy.alliance, NOW) is None


def test_everybody_has_meetings_in_the_bar():
    (entry,) = entries(PersonFactory())

    assert (entry.label, entry.url, entry.order) == ("Meetings", "/meetings/", 20)
