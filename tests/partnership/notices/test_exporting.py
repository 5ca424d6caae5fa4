import csv
import io

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from tests.factories.notices import NoticeFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True)
    client.force_login(person)
    return person


def export_address(kind="csv"):
    return reverse("notices:notice_export", args=[kind])


def rows_of(response):
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_what_the_filters_leave_and_its_taking_is_audited(client, staff):
    NoticeFactory(recipient__email="head@school.example", state="failed", reason="550 no such box")
    NoticeFactory()

    rows = rows_of(client.get(export_address(), {"state": "failed"}))

    said = [(row["E-mail address"], row["State"], row["What happened"]) for row in rows]
    assert said == [("head@school.example", "Failed", "550 no such box")]
    event = Event.objects.get(action="exported")
    assert (event.actor_id, event.title) == (staff.pk, "Outbox")


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_outbox_asks_no_more(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        NoticeFactory()

    with django_assert_num_queries(3):
        b"".join(client.get(export_address("xlsx")).streaming_content)


def test_who_does_not_run_the_outbox_takes_nothing_out(client):
    client.force_login(PersonFactory())

    assert client.get(export_address()).status_code == 403
    assert not Event.objects.exists()


def test_the_outbox_offers_the_file_with_its_filters(client, staff):
    NoticeFactory()

    page = client.get(reverse("notices:notice_list"), {"state": "waiting"})

    assert 'href="/notices/export.xlsx?state=waiting"' in page.content.decode()
