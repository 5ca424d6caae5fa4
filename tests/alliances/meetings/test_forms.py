from datetime import UTC, date, datetime, time, timedelta

import pytest

from alliances.meetings.forms import MeetingForm, WordsForm, meeting_values, told_versions
from tests.factories import BodyFactory, MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
BODY = BodyFactory.build(usual_minutes=75, lead=PersonFactory.build())
TYPED = {
    "title": "Spring term",
    "day": "2027-07-01",
    "starts": "16:00",
    "ends": "17:30",
    "place": "Delph library",
    "link": "",
    "note": "",
    "answer_on": "",
    "agenda_on": "",
}


def errors(form):
    return {name: list(sentences) for name, sentences in form.errors.items()}


def test_times_are_those_of_the_uks_clock_in_summer_too():
    form = MeetingForm(TYPED, on=TODAY, body=BODY)

    assert form.is_valid()
    assert form.changes["starts_at"] == datetime(2027, 7, 1, 15, tzinfo=UTC)
    assert form.changes["ends_at"] == datetime(2027, 7, 1, 16, 30, tzinfo=UTC)


def test_without_an_end_it_lasts_as_usual_unless_that_is_past_midnight():
    form = MeetingForm(TYPED | {"ends": ""}, on=TODAY, body=BODY)
    late = MeetingForm(TYPED | {"ends": "", "starts": "23:00"}, on=TODAY, body=BODY)

    assert form.is_valid()
    assert form.changes["ends_at"] == datetime(2027, 7, 1, 16, 15, tzinfo=UTC)
    assert errors(late) == {"ends": ["This would be past midnight. Say when the meeting ends."]}


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"day": "2026-11-22"}, "day", "This day has passed. Choose a coming one."),
        ({"day": "9999-12-31"}, "day", "This is more than three years ahead. Look at the year."),
        ({"ends": "16:00"}, "ends", "The meeting must end after it begins. Choose a later time."),
        ({"place": ""}, "place", "Say where you meet, or give a link to join."),
        (
            {"answer_on": "2027-07-01"},
            "answer_on",
            "Choose a coming day before the meeting, or leave it empty.",
        ),
        (
            {"answer_on": "2026-11-22"},
            "answer_on",
            "Choose a coming day before the meeting, or leave it empty.",
        ),
        (
            {"agenda_on": "2027-07-01"},
            "agenda_on",
            "Choose a coming day before the meeting, or leave it empty.",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(change, field, sentence):
    form = MeetingForm(TYPED | change, on=TODAY, body=BODY)

    assert errors(form) == {field: [sentence]}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "not a link"])
def test_a_link_leads_to_a_web_page_and_nothing_else(link):
    assert errors(MeetingForm(TYPED | {"link": link}, on=TODAY, body=BODY)).keys() == {"link"}


def test_a_link_without_its_scheme_is_taken_as_secure():
    form = MeetingForm(TYPED | {"link": "meet.example/abc", "place": ""}, on=TODAY, body=BODY)

    assert form.is_valid()
    assert form.changes["link"] == "https://meet.example/abc"


def words(meeting, on=TODAY, **change):
    kept = meeting_values(meeting)
    names = ("title", "link", "note", "answer_on", "agenda_on")
    typed = {name: str(kept[name] or "") for name in names}
    return WordsForm(typed | change, meeting=meeting, on=on)


def test_a_called_meeting_without_a_place_keeps_its_link():
    meeting = MeetingFactory(called=True, place="", link="https://meet.example/abc")

    assert errors(words(meeting, link="")) == {
        "link": ["This meeting has no place: give a link to join."]
    }


def test_the_day_to_answer_by_is_moved_before_the_meeting_or_stays_as_it_is():
    meeting = MeetingFactory(called=True)

    assert words(meeting).is_valid()
    moved = words(meeting, answer_on="2027-01-05")
    assert moved.is_valid()
    assert moved.changes["answer_by"] == datetime(2027, 1, 5, 17, tzinfo=UTC)
    for day in ("2027-01-12", "2026-11-22"):
        sentence = "Choose a coming day before the meeting."
        assert errors(words(meeting, answer_on=day)) == {"answer_on": [sentence]}
    late = words(meeting, on=TODAY + timedelta(days=60))
    assert late.is_valid()
    assert "answer_by" not in late.changes


def test_the_agenda_is_promised_for_a_day_until_it_is_published():
    due_at = datetime(2027, 1, 5, 17, tzinfo=UTC)
    prepared = MeetingForm(TYPED | {"agenda_on": "2027-06-24"}, on=TODAY, body=BODY)
    promised = MeetingFactory(called=True, agenda_due_at=due_at, agenda_published_at=None)
    published = MeetingFactory(called=True, agenda_due_at=due_at, agenda_published_at=due_at)

    assert prepared.is_valid()
    assert prepared.changes["agenda_due_at"] == datetime(2027, 6, 24, 16, tzinfo=UTC)
    moved = words(promised, agenda_on="2027-01-07")
    assert moved.is_valid()
    assert moved.changes["agenda_due_at"] == due_at + timedelta(days=2)
    assert errors(words(promised, agenda_on="2027-01-12")).keys() == {"agenda_on"}
    assert "agenda_on" not in words(published).fields


def test_both_versions_are_told_in_words():
    form = MeetingForm(TYPED, on=TODAY, body=BODY)
    assert form.is_valid()
    saved = {
        **{name: form.cleaned_data[name] for name in form.fields},
        "day": date(2027, 7, 2),
        "starts": time(15, 30),
        "place": "",
    }

    assert told_versions(form, saved) == [
        ("Day", "Friday 2 July 2027"),
        ("Begins at", "3.30pm"),
        ("Place", "Nothing"),
    ]
