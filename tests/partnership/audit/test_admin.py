from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.audit.services import record
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True, name="Ola Officer")
    client.force_login(person)
    return person


def titles(response):
    return [event.title for event in response.context["cl"].result_list]


def test_the_trail_names_who_acted(client, staff):
    now = timezone.now()
    record("person edited", PersonFactory(), by=staff, at=now, title="Of staff")
    record("person edited", PersonFactory(), by=None, at=now, title="Of the portal")
    gone = PersonFactory()
    record("person edited", PersonFactory(), by=gone, at=now, title="Of one who left")
    gone.delete()

    page = client.get("/admin/audit/event/").content.decode()

    for who in ("Ola Officer", "The portal", "Somebody who has left"):
        assert f'<td class="field-who">{who}</td>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trail_costs_the_same_for_one_row_and_three(
    client, staff, rows, django_assert_num_queries
):
    for _row in range(rows):
        record("person edited", PersonFactory(), by=PersonFactory(), at=timezone.now())

    with django_assert_num_queries(3):
        response = client.get("/admin/audit/event/")

    assert len(titles(response)) == rows


def test_the_trail_is_narrowed_by_days_and_room_and_searched(client, staff):
    now = timezone.now()
    record("person edited", staff, by=staff, at=now, title="Today")
    record("person added", staff, by=staff, at=now - timedelta(days=10), title="Earlier")

    assert titles(client.get("/admin/audit/event/", {"days": "7"})) == ["Today"]
    assert titles(client.get("/admin/audit/event/", {"days": "31"})) == ["Today", "Earlier"]
    assert titles(client.get("/admin/audit/event/", {"room": "people"})) == ["Today", "Earlier"]
    assert titles(client.get("/admin/audit/event/", {"room": "notices"})) == []
    assert titles(client.get("/admin/audit/event/", {"q": "added"})) == ["Earlier"]


def test_an_event_is_shown_and_never_changed_or_deleted(client, staff):
    event = record("person edited", staff, by=staff, at=timezone.now(), title="Person")
    page = f"/admin/audit/event/{event.pk}"

    shown = client.get(f"{page}/change/")
    changed = client.post(f"{page}/change/", {"action": "something else"})
    deleted = client.post(f"{page}/delete/", {"post": "yes"})

    assert "Ola Officer" in shown.content.decode()
    assert 'name="_save"' not in shown.content.decode()
    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert "What happened stays" in deleted.content.decode()
    assert client.get("/admin/audit/event/add/").status_code == 403
