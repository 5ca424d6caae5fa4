import csv
import io
import time
from datetime import UTC, date, datetime

import pytest
from celery import current_app
from django.urls import reverse

from alliances.schools.exporting import profile_facts
from alliances.schools.models import School
from alliances.schools.tasks import export_schools
from partnership.audit.models import Event
from partnership.toolkit.kept_exports import LONG
from partnership.toolkit.progress import begin
from tests.alliances.schools.test_register_pages import _empty_queue  # noqa: F401 a fixture
from tests.factories.alliances import AllianceFactory, MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import AuthorityFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db


def rows_of(response):
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


@pytest.fixture
def head(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def test_the_file_has_what_the_list_shows_in_its_order_with_the_alliances(client, head):
    saddleworth = SchoolFactory(
        name="Saddleworth Primary School",
        urn=105665,
        establishment_number=7,
        opened_on=date(1851, 9, 1),
        town="Uppermill",
    )
    SchoolFactory(name="Diggle School", urn=105666, town="Uppermill")
    SchoolFactory(name="Elsewhere School", town="London")
    alliance = AllianceFactory(name="Dovestone Learning Partnership")
    MembershipFactory(school=saddleworth, alliance=alliance)

    address = reverse("schools:school_export", args=["csv"])
    rows = rows_of(client.get(address, {"text": "uppermill", "order": "-name"}))

    said = [(row["School"], row["URN"], row["LAESTAB"], row["Alliances"]) for row in rows]
    assert said == [
        ("Saddleworth Primary School", "105665", "353/0007", "Dovestone Learning Partnership"),
        ("Diggle School", "105666", "", ""),
    ]
    assert rows[0]["Opened on"] == "01/09/1851"


def test_filters_narrow_the_file_as_they_narrow_the_list(client, head):
    SchoolFactory(name="Grove School", authority=AuthorityFactory(code="330", name="Birmingham"))
    SchoolFactory(name="Oldham School")

    address = reverse("schools:school_export", args=["csv"])

    assert [row["School"] for row in rows_of(client.get(address, {"authority": "330"}))] == [
        "Grove School"
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_asks_no_more(client, head, count, django_assert_num_queries):
    for _ in range(count):
        SchoolFactory()
    client.get(reverse("schools:school_list"))

    with django_assert_num_queries(4):
        response = client.get(reverse("schools:school_export", args=["xlsx"]))
        body = b"".join(response.streaming_content)

    assert body.startswith(b"PK")


def test_the_list_offers_the_file_with_its_filters(client, head):
    SchoolFactory(name="Diggle School")

    page = client.get(reverse("schools:school_list"), {"text": "diggle"})

    assert 'href="/schools/export.xlsx?text=diggle"' in page.content.decode()


def test_a_profile_says_facts_groups_and_who_to_ask():
    school = SchoolFactory(name="Diggle School", urn=105665, sourced_on=date(2026, 7, 1))
    post = SchoolPostFactory(school=school, person__name="Siân O’Neill")
    MembershipFactory(school=school, alliance__name="Dovestone Learning Partnership")

    facts = profile_facts(school, [post], now=datetime(2026, 11, 20, 16, tzinfo=UTC))

    assert facts["facts"][:2] == [("URN", "105665"), ("Local authority", "Oldham")]
    assert facts["groups"] == "Dovestone Learning Partnership"
    assert facts["posts"] == [("Headteacher", "Siân O’Neill")]
    assert facts["source"] == (
        "From the national register of 1 July 2026 (Open Government Licence v3.0)."
    )
    assert facts["foot"] == "Diggle School, printed on Friday 20 November 2026, 4pm"


def test_a_profile_of_an_example_school_says_that_it_is_invented():
    school = SchoolFactory(is_example=True)

    facts = profile_facts(school, [], now=datetime(2026, 11, 20, 16, tzinfo=UTC))

    assert facts["source"] == (
        "An example school: it is invented, and so is everything said about it."
    )


def test_a_profile_is_a_pdf_and_its_taking_is_audited(client, head):
    school = SchoolFactory(name="Diggle School", urn=105665)
    SchoolPostFactory(school=school, person__name="محمد عبد الله")

    response = client.get(reverse("schools:school_profile", args=[105665]))

    assert response["Content-Type"] == "application/pdf"
    assert "school-105665-" in response["Content-Disposition"]
    assert response.content.startswith(b"%PDF-")
    event = Event.objects.get(action="exported")
    assert (event.actor_id, event.title, event.values) == (
        head.pk,
        "Profile of Diggle School",
        {"file": "pdf"},
    )


def test_there_is_no_profile_of_a_school_that_is_not_there(client, head):
    assert client.get(reverse("schools:school_profile", args=[999999])).status_code == 404


def made_schools(count):
    authority = AuthorityFactory()
    School.objects.bulk_create(
        School(authority=authority, urn=200_000 + number, name=f"School {number:04}", town="Diggle")
        for number in range(count)
    )


@pytest.mark.usefixtures("_empty_queue")
def test_a_long_list_is_made_by_a_worker_and_fetched_by_whoever_asked(client, head):
    made_schools(LONG + 1)
    address = reverse("schools:school_export", args=["csv"])

    page = client.get(address, {"order": "-name"}, follow=True)
    waiting = client.get(page.request["PATH_INFO"] + "file/")
    with current_app.connection_for_write() as broker:
        message = broker.SimpleQueue("celery").get(timeout=5)
        message.ack()
    assert message.headers["task"] == "schools.export_schools"
    export_schools(*message.payload[0])
    finished = client.get(page.request["PATH_INFO"])
    rows = rows_of(client.get(page.request["PATH_INFO"] + "file/"))

    assert "The list of schools for CSV" in page.text
    assert waiting.status_code == 404
    assert "2,001 rows. The file is kept for you for a day." in finished.text
    assert "Download schools-" in finished.text
    assert (len(rows), rows[0]["School"]) == (LONG + 1, f"School {LONG}")


def test_file_of_somebody_else_is_not_there(client, head):
    made_schools(1)
    work = begin(title="Schools", person_id=PersonFactory().pk, back="/", at=time.time())
    export_schools(PersonFactory().pk, {}, "csv", work.key)

    assert client.get(reverse("home:progress_file", args=[work.key])).status_code == 404


def test_list_of_up_to_two_thousand_rows_is_answered_at_once(client, head):
    made_schools(LONG)

    response = client.get(reverse("schools:school_export", args=["csv"]))

    assert len(rows_of(response)) == LONG
