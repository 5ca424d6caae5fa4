import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.factories import MeetingFactory, MeetingReplyFactory, PersonFactory

pytestmark = pytest.mark.django_db


def rows_of(client, **query):
    response = client.get(reverse("meetings:meeting_export", args=["csv"]), query)
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_the_meetings_of_the_list_at_local_times_and_no_others(client):
    starts = datetime(2027, 7, 1, 15, tzinfo=UTC)
    reply = MeetingReplyFactory(
        meeting__title="Summer meeting",
        meeting__starts_at=starts,
        meeting__ends_at=starts.replace(hour=16),
        answer="yes",
    )
    MeetingFactory(
        title="Of others", called=True, starts_at=starts, ends_at=starts.replace(hour=16)
    )

    with time_machine.travel(datetime(2027, 6, 1, 9, tzinfo=UTC)):
        client.force_login(reply.person)
        rows = rows_of(client)
        none = rows_of(client, text="autumn")

    said = [(row["Meeting"], row["Starts"], row["State"], row["Your answer"]) for row in rows]
    assert said == [("Summer meeting", "01/07/2027 16:00", "Called", "Yes")]
    assert none == []


def test_who_takes_part_in_nothing_gets_an_empty_file(client):
    MeetingFactory(called=True)
    client.force_login(PersonFactory())

    assert rows_of(client, when="all") == []
