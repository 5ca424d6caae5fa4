import pytest
from django.urls import reverse

from alliances.meetings.models import Meeting
from tests.factories import (
    AgendaItemFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolFactory,
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


@pytest.mark.parametrize("name", NAMES)
def test_pages_show_no_content_and_change_nothing(staff, name):
    thing = things()[name]

    lists = staff.get(reverse(f"admin:meetings_{name}_changelist"))
    page = staff.get(reverse(f"admin:meetings_{name}_change", args=[thing.pk]))
    posted = staff.post(reverse(f"admin:meetings_{name}_change", args=[thing.pk]), {})

    shown = lists.content.decode() + page.content.decode()
    for content in ("Between ourselves", "A death", "My operation", "The head’s pay"):
        assert content not in shown
    assert (page.status_code, posted.status_code) == (200, 403)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_added_or_deleted_and_the_page_says_why(staff, name):
    thing = things()[name]

    added = staff.get(reverse(f"admin:meetings_{name}_add"))
    deleted = staff.post(reverse(f"admin:meetings_{name}_delete", args=[thing.pk]), {"post": "yes"})

    assert (added.status_code, deleted.status_code) == (403, 403)
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_an_answer_is_shown_as_given_and_not_what_it_was(staff):
    reply = things()["meetingreply"]

    page = staff.get(reverse("admin:meetings_meetingreply_change", args=[reply.pk]))

    names = [name for fieldset in page.context["adminform"] for name in fieldset.fields]
    assert names == ["meeting", "person", "school", "asked_at", "answered_at", "ended_at"]


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
