from datetime import UTC, datetime

import pytest

from partnership.audit.models import Event
from tests.factories import PersonFactory, WorkhubSchoolFactory, WorkhubYearFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(PersonFactory(staff=True))
    return client


@pytest.mark.parametrize("page", ["workhub", "workhubyear", "workhubschool"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_row_or_three(
    office, page, count, django_assert_max_num_queries
):
    for _number in range(count):
        WorkhubSchoolFactory()
    office.get("/admin/hubs/")

    with django_assert_max_num_queries(9):
        response = office.get(f"/admin/hubs/{page}/")

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize(
    ("page", "words"),
    [("workhub", "reading"), ("workhubyear", "reading"), ("workhubschool", "delph")],
)
def test_staff_find_workhubs_and_places(office, page, words):
    WorkhubSchoolFactory(
        workhub_year__workhub__name="Early Reading", school__name="Delph Primary School"
    )
    WorkhubSchoolFactory()

    response = office.get(f"/admin/hubs/{page}/?q={words}")

    assert len(response.context["cl"].result_list) == 1


@pytest.mark.parametrize("answer", ["waiting", "joined", "declined"])
def test_places_are_filtered_by_what_became_of_them(office, answer):
    answered_at = datetime(2026, 9, 10, 9, tzinfo=UTC)
    places = {
        "waiting": WorkhubSchoolFactory(),
        "joined": WorkhubSchoolFactory(joined=True),
        "declined": WorkhubSchoolFactory(answered_at=answered_at),
    }

    response = office.get(f"/admin/hubs/workhubschool/?answer={answer}")

    assert list(response.context["cl"].result_list) == [places[answer]]


def test_staff_set_a_lead_right_and_it_is_audited(office):
    workhub_year = WorkhubYearFactory(priority="reading")
    lead = PersonFactory()

    office.post(
        f"/admin/hubs/workhubyear/{workhub_year.pk}/change/",
        {"lead": lead.pk, "priority": "reading", "aims": ""},
    )

    workhub_year.refresh_from_db()
    assert (workhub_year.lead, workhub_year.workhub.body.lead) == (lead, lead)
    assert Event.objects.of(workhub_year.workhub).get().fields == ["lead"]


def test_staff_withdraw_the_invitations_that_are_open(office):
    waiting, joined = WorkhubSchoolFactory(), WorkhubSchoolFactory(joined=True)

    response = office.post(
        "/admin/hubs/workhubschool/",
        {"action": "withdraw_invitations", "_selected_action": [waiting.pk, joined.pk]},
        follow=True,
    )

    waiting.refresh_from_db()
    joined.refresh_from_db()
    assert (waiting.is_unanswered, joined.joined_on is not None) == (False, True)
    assert "Invitations withdrawn: 1." in response.content.decode()


@pytest.mark.parametrize("page", ["workhub", "workhubyear", "workhubschool"])
def test_nothing_is_added_or_deleted_and_the_page_says_why(office, page):
    place = WorkhubSchoolFactory()
    keys = {
        "workhub": place.workhub_year.workhub_id,
        "workhubyear": place.workhub_year_id,
        "workhubschool": place.pk,
    }

    added = office.get(f"/admin/hubs/{page}/add/")
    deleted = office.post(f"/admin/hubs/{page}/{keys[page]}/delete/", {"post": "yes"})
    shown = office.get(f"/admin/hubs/{page}/{keys[page]}/change/")

    assert (added.status_code, deleted.status_code, shown.status_code) == (403, 403, 200)
