import csv
import io

import pytest
from django.urls import reverse

from tests.factories.alliances import AllianceFactory, MembershipFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _somebody_signed_in(client):
    client.force_login(PersonFactory())


def rows_of(response):
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_what_the_filters_leave_by_name(client):
    oldham = AllianceFactory(name="Oldham Schools Alliance", kind="network", area="Oldham")
    MembershipFactory(alliance=oldham)
    AllianceFactory(name="Four Oaks Learning Trust", kind="cooperative_trust")
    AllianceFactory(name="A network", kind="network", area="")

    address = reverse("membership:alliance_export", args=["csv"])
    rows = rows_of(client.get(address, {"kind": "network"}))

    assert [list(row.values()) for row in rows] == [
        ["A network", "Network", "", "0"],
        ["Oldham Schools Alliance", "Network", "Oldham", "1"],
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_asks_no_more(client, count, django_assert_num_queries):
    for _ in range(count):
        MembershipFactory()

    with django_assert_num_queries(2):
        response = client.get(reverse("membership:alliance_export", args=["xlsx"]))
        b"".join(response.streaming_content)


def test_the_list_offers_the_file_with_its_filters(client):
    AllianceFactory(name="Oldham Schools Alliance")

    page = client.get(reverse("membership:alliance_list"), {"text": "oldham"})

    assert 'href="/alliances/export.xlsx?text=oldham"' in page.content.decode()
