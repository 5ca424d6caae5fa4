import csv
import io

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from tests.factories.invitations import InvitationFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True)
    client.force_login(person)
    return person


def export_address(kind="csv"):
    return reverse("invitations:invitation_export", args=[kind])


def rows_of(response):
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_what_the_filters_leave_and_its_taking_is_audited(client, staff):
    InvitationFactory(person__name="Siân Ó’Neill", person__email="sian@school.example")
    InvitationFactory(accepted=True)

    rows = rows_of(client.get(export_address(), {"text": "sian"}))

    assert [(row["Name"], row["E-mail address"], row["Invited"]) for row in rows] == [
        ("Siân Ó’Neill", "sian@school.example", "16/11/2026 10:00")
    ]
    event = Event.objects.get(action="exported")
    assert (event.actor_id, event.thing_id, event.title, event.values) == (
        staff.pk,
        staff.pk,
        "Invitations",
        {"file": "csv"},
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_asks_no_more(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        InvitationFactory()

    with django_assert_num_queries(3):
        b"".join(client.get(export_address("xlsx")).streaming_content)


def test_who_may_not_invite_takes_nothing_out(client):
    InvitationFactory()
    client.force_login(PersonFactory())

    assert client.get(export_address()).status_code == 403
    assert not Event.objects.filter(action="exported").exists()


def test_the_list_offers_the_file_with_its_filters(client, staff):
    InvitationFactory(person__name="Siân Ó’Neill")

    page = client.get(reverse("invitations:invitation_list"), {"text": "sian", "state": "open"})

    assert 'href="/invitations/export.csv?text=sian&amp;state=open"' in page.content.decode()
