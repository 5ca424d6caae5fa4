from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.meetings.models import Body, Meeting, Seat
from partnership.audit.models import Event
from tests.factories import (
    AgendaItemFactory,
    AllianceFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

NAMES = ("body", "seat", "meeting", "meetingreply")


@pytest.fixture
def staff(client):
    client.force_login(PersonFactory(staff=True))
    return client


def things():
    reply = MeetingReplyFactory(
        meeting__note="Between ourselves",
        meeting__cancelled_because="A death",
        answer="no",
        apologies="My operation",
        school=SchoolFactory(),
    )
    AgendaItemFactory(meeting=reply.meeting, title="The head’s pay")
    seat = SeatFactory(body=reply.meeting.body, school=reply.school)
    return {"body": seat.body, "seat": seat, "meeting": reply.meeting, "meetingreply": reply}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_lists_cost_the_same_for_one_row_and_for_three(
    staff, django_assert_max_num_queries, name, count
):
    for _ in range(count):
        things()

    with django_assert_max_num_queries(6):
        response = staff.get(reverse(f"admin:meetings_{name}_changelist"))

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("name", ["meeting", "meetingreply"])
def test_pages_show_no_content_and_change_nothing(staff, name):
    thing = things()[name]

    lists = staff.get(reverse(f"admin:meetings_{name}_changelist"))
    page = staff.get(reverse(f"admin:meetings_{name}_change", args=[thing.pk]))
    posted = staff.post(reverse(f"admin:meetings_{name}_change", args=[thing.pk]), {})

    shown = lists.content.decode() + page.content.decode()
    for content in ("Between ourselves", "A death", "My operation", "The head’s pay"):
        assert content not in shown
    assert (page.status_code, posted.status_code) == (200, 403)


@pytest.mark.parametrize("name", ["meeting", "meetingreply"])
def test_meetings_and_answers_are_not_added_here(staff, name):
    assert staff.get(reverse(f"admin:meetings_{name}_add")).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_deleted_and_the_page_says_why(staff, name):
    thing = things()[name]

    deleted = staff.post(reverse(f"admin:meetings_{name}_delete", args=[thing.pk]), {"post": "yes"})

    assert deleted.status_code == 403
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_a_group_is_founded_renamed_and_closed_with_its_history(staff):
    alliance, lead = AllianceFactory(), PersonFactory()
    facts = {"alliance": alliance.pk, "name": "Heads’ group", "kind": "heads", "lead": lead.pk}

    staff.post(reverse("admin:meetings_body_add"), facts)
    body = Body.objects.get()
    change = {"name": "Heads", "lead": "", "closed_on": "31/08/2027"}
    staff.post(reverse("admin:meetings_body_change", args=[body.pk]), change)

    body.refresh_from_db()
    assert (body.alliance, body.kind, body.name, body.lead, body.closed_on) == (
        alliance,
        "heads",
        "Heads",
        None,
        date(2027, 8, 31),
    )
    actions = Event.objects.of(body).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["body founded", "body edited", "body closed"]


def test_a_group_closed_by_mistake_is_opened_again(staff):
    body = BodyFactory(closed_on=date(2027, 8, 31))
    change = {"name": body.name, "lead": "", "closed_on": ""}

    staff.post(reverse("admin:meetings_body_change", args=[body.pk]), change)

    body.refresh_from_db()
    assert body.closed_on is None


def test_a_seat_is_given_asks_to_what_is_called_already_and_ends(staff):
    post = SchoolPostFactory()
    meeting = MeetingFactory(called=True, starts_at=timezone.now() + timedelta(days=30))
    seat_facts = {"body": meeting.body_id, "school": post.school_id, "person": ""}

    staff.post(reverse("admin:meetings_seat_add"), seat_facts | {"starts_on": ""})

    seat = Seat.objects.get()
    assert [reply.person for reply in meeting.replies.filter(ended_at=None)] == [post.person]
    today = timezone.localdate()
    address = reverse("admin:meetings_seat_change", args=[seat.pk])
    staff.post(address, {"ends_on": today.strftime("%d/%m/%Y")})
    seat.refresh_from_db()
    assert seat.ends_on == today
    assert not meeting.replies.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "This seat is taken already. End that one first."),
        ({"school": ""}, "Choose a school, a person, or a person for a school."),
    ],
)
def test_what_cannot_be_a_seat_is_said(staff, change, words):
    seat = SeatFactory(school=SchoolFactory())
    facts = {"body": seat.body_id, "school": seat.school_id, "person": "", "starts_on": ""}

    page = staff.post(reverse("admin:meetings_seat_add"), facts | change)

    assert words in page.content.decode()
    assert Seat.objects.count() == 1


def test_a_seat_ends_no_sooner_than_it_begins(staff):
    seat = SeatFactory(school=SchoolFactory(), starts_on=date(2027, 1, 4))

    page = staff.post(
        reverse("admin:meetings_seat_change", args=[seat.pk]), {"ends_on": "01/01/2027"}
    )

    assert "The last day must not be before the first." in page.content.decode()


def test_an_answer_is_shown_as_given_and_not_what_it_was(staff):
    reply = things()["meetingreply"]

    page = staff.get(reverse("admin:meetings_meetingreply_change", args=[reply.pk]))

    names = [name for fieldset in page.context["adminform"] for name in fieldset.fields]
    assert names == ["body", "day", "person", "school", "asked_at", "answered_at", "ended_at"]


def test_meetings_are_found_by_group_and_alliance_and_filtered_by_state(staff):
    meeting = MeetingFactory(body__name="Heads’ group", called=True)
    MeetingFactory(state=Meeting.State.CANCELLED)
    address = reverse("admin:meetings_meeting_changelist")

    found = [
        [row.pk for row in staff.get(address, query).context["cl"].result_list]
        for query in ({"q": "heads"}, {"state__exact": "called"}, {"q": "nothing"})
    ]

    assert found == [[meeting.pk], [meeting.pk], []]


@pytest.mark.parametrize("name", ["agendaitem", "paper"])
def test_agenda_and_papers_are_not_in_the_admin(staff, name):
    assert staff.get(f"/admin/meetings/{name}/").status_code == 404
