import csv
import io

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from tests.factories import AlliancePostFactory, PersonFactory
from tests.factories.workhubs import WorkhubYearFactory

pytestmark = pytest.mark.django_db


def rows_of(client, **query):
    response = client.get(reverse("hubs:workhub_export", args=["csv"]), query)
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_the_workhubs_of_the_list_and_its_taking_is_audited(client):
    workhub_year = WorkhubYearFactory(lead=PersonFactory(name="Anna Kershaw"))
    WorkhubYearFactory()
    director = AlliancePostFactory(alliance=workhub_year.workhub.alliance, kind="director").person
    client.force_login(director)

    rows = rows_of(client, year="any")

    assert [(row["Workhub"], row["Alliance"], row["Lead"]) for row in rows] == [
        (workhub_year.workhub.name, workhub_year.workhub.alliance.name, "Anna Kershaw")
    ]
    event = Event.objects.get(action="exported")
    assert (event.actor_id, event.title) == (director.pk, "Workhubs")


def test_a_stranger_gets_an_empty_file(client):
    WorkhubYearFactory()
    client.force_login(PersonFactory())

    assert rows_of(client, year="any") == []
