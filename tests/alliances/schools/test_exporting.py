import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from tests.factories.alliances import AllianceFactory, MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import AuthorityFactory, SchoolFactory

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

    with django_assert_num_queries(3):
        response = client.get(reverse("schools:school_export", args=["xlsx"]))
        body = b"".join(response.streaming_content)

    assert body.startswith(b"PK")


def test_the_list_offers_the_file_with_its_filters(client, head):
    SchoolFactory(name="Diggle School")

    page = client.get(reverse("schools:school_list"), {"text": "diggle"})

    assert 'href="/schools/export.xlsx?text=diggle"' in page.content.decode()
