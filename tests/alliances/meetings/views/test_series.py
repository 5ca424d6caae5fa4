from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from alliances.meetings.models import Meeting
from alliances.meetings.services import call_meetings, copy_forward
from alliances.meetings.services.states import NotNow
from partnership.audit.models import Event
from tests.alliances.meetings.acts import NOW, asked, forget_notices, said, seated, told
from tests.factories import (
    AgendaItemFactory,
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
)
from tests.factories.calendar import authority_owner, settle

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Heads’ meeting",
    "day": "2027-01-04",
    "starts": "15:30",
    "ends": "17:00",
    "repeat": "once",
    "until": "",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def past_meeting(**facts):
    """A meeting that was held, of a body with one school whose term dates are known."""
    body = BodyFactory(name="Heads", lead=PersonFactory())
    head = seated(body)
    settle(authority_owner(body.seats.get().school.authority))
    starts_at = NOW - timedelta(days=20)
    meeting = MeetingFactory(
        body=body, called=True, state="held", title="Heads’ meeting", starts_at=starts_at, **facts
    )
    gone = PersonFactory()
    AgendaItemFactory(
        meeting=meeting, position=2, title="Attendance", presenter=head, section="Main", minutes=25
    )
    AgendaItemFactory(meeting=meeting, position=5, title="Money", presenter=gone)
    return meeting, head


def days(body):
    drafts = body.meetings.filter(state="draft").order_by("starts_at")
    return [draft.starts_at.date() for draft in drafts]


def test_the_next_one_is_a_draft_with_the_same_place_length_and_agenda(client):
    meeting, head = past_meeting(link="https://meet.example/abc")
    client.force_login(meeting.body.lead)
    address = reverse("meetings:meeting_copy", args=[meeting.pk])
    assert str(client.get(address).context["form"]["day"].value()) == "2026-12-01"

    response = client.post(address, TYPED | {"day": "2027-01-12"})

    draft = Meeting.objects.get(copied_from=meeting)
    assert (response.status_code, response["Location"]) == (302, draft.get_absolute_url())
    assert said(response) == ["Draft for Tuesday 12 January 2027 kept, with its agenda."]
    assert (draft.state, draft.place, draft.link, draft.minutes, draft.chair) == (
        "draft",
        meeting.place,
        meeting.link,
        90,
        meeting.body.lead,
    )
    items = draft.items.order_by("position").values_list(
        "position", "section", "title", "minutes", "presenter"
    )
    assert list(items) == [(1, "Main", "Attendance", 25, head.pk), (2, "", "Money", 10, None)]


def test_a_series_is_shown_with_what_moved_before_its_drafts_are_kept(client):
    meeting, _head = past_meeting()
    client.force_login(meeting.body.lead)
    address = reverse("meetings:meeting_copy", args=[meeting.pk])
    typed = TYPED | {"repeat": "monthly", "until": "2027-03-31"}

    shown = client.post(address, typed)
    assert [each.day.isoformat() for each in shown.context["planned"]] == [
        "2027-01-05",
        "2027-02-01",
        "2027-03-01",
    ]
    assert "which is an INSET day (Phonics)" in shown.content.decode()
    assert days(meeting.body) == []

    other = client.post(address, typed | {"until": "2027-02-28", "days": shown.context["days"]})
    assert other.status_code == 200
    kept = client.post(address, typed | {"days": shown.context["days"]})
    assert said(kept) == ["3 drafts kept, each with its agenda. Call them one by one or together."]
    assert days(meeting.body) == [date(2027, 1, 5), date(2027, 2, 1), date(2027, 3, 1)]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "2026-11-01"}, "day", "Choose a coming day within a year."),
        ({"ends": "15:00"}, "ends", "must end after it begins"),
        ({"repeat": "monthly"}, "until", "Say until when."),
        ({"repeat": "monthly", "until": "2026-12-01"}, "until", "within a year of it"),
        ({"repeat": "half_term", "until": "2027-07-01", "day": "2027-02-16"}, "repeat", "holiday"),
    ],
)
def test_what_cannot_be_a_series_says_so_at_its_field(client, changes, field, words):
    meeting, _head = past_meeting()
    client.force_login(meeting.body.lead)

    page = client.post(reverse("meetings:meeting_copy", args=[meeting.pk]), TYPED | changes)

    assert words in " ".join(page.context["form"].errors[field])
    assert days(meeting.body) == []


def test_drafts_are_called_together_and_the_rest_stay(client):
    meeting, head = past_meeting()
    lead = meeting.body.lead
    first, second, third = copy_forward(
        meeting=meeting,
        title="Heads’ meeting",
        spans=[
            (NOW + timedelta(days=number), NOW + timedelta(days=number, hours=1))
            for number in (15, 16, 19)
        ],
        by=lead,
        now=NOW,
    )
    client.force_login(lead)
    address = reverse("meetings:drafts_call", args=[meeting.body.pk])

    page = client.get(address)
    response = client.post(address, {"drafts": [first.pk, second.pk]})

    assert [(draft.meeting, draft.warnings) for draft in page.context["shown"]] == [
        (first, []),
        (second, []),
        (third, ["12 December 2026 is a Saturday."]),
    ]

    assert said(response) == ["2 meetings are called, and everybody is asked."]
    assert told("called") == [head, head]
    assert asked(first) == {head, lead}
    assert days(meeting.body) == [third.starts_at.date()]
    again = client.post(address, {"drafts": [first.pk]})
    assert "called or discarded already" in again.content.decode()
    assert "Tick the drafts" in client.post(address, {}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_drafts_costs_the_same_for_one_and_for_three(
    client, django_assert_num_queries, count
):
    body = BodyFactory(lead=PersonFactory())
    for number in range(count):
        seated(body)
        MeetingFactory(body=body, starts_at=NOW + timedelta(days=15 + number))
    client.force_login(body.lead)
    address = reverse("meetings:drafts_call", args=[body.pk])
    client.get(address)

    with django_assert_num_queries(9):
        client.get(address)


def test_all_are_called_or_none(client):
    body = BodyFactory()
    seated(body)
    drafts = [
        MeetingFactory(body=body),
        MeetingFactory(body=body, place="", starts_at=NOW + timedelta(days=90)),
    ]
    forget_notices()

    with pytest.raises(NotNow):
        call_meetings(meetings=drafts, by=PersonFactory(), now=NOW)

    assert body.meetings.filter(state="draft").count() == 2
    assert told("called") == []
    client.force_login(AlliancePostFactory(alliance=body.alliance, kind="director").person)
    address = reverse("meetings:drafts_call", args=[body.pk])
    page = client.post(address, {"drafts": [draft.pk for draft in drafts]})
    assert "Say first where you meet" in page.content.decode()
    assert Event.objects.filter(action="meeting called").count() == 0


def test_who_may_not_call_prepares_and_does_not_call_together(client):
    body = BodyFactory(calling_posts=["director"])
    client.force_login(AlliancePostFactory(alliance=body.alliance, kind="chair").person)

    assert client.get(reverse("meetings:drafts_call", args=[body.pk])).status_code == 403
    empty = AlliancePostFactory(alliance=body.alliance, kind="director").person
    client.force_login(empty)
    page = client.get(reverse("meetings:drafts_call", args=[body.pk]))
    assert "No draft is waiting." in page.content.decode()
