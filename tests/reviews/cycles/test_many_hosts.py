from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.cycles.services.publishing import publish_draft
from tests.factories.alliances import AlliancePostFactory, MembershipFactory
from tests.reviews.cycles.publishing import NOW, day_of, draft_of, make_cycle

pytestmark = pytest.mark.django_db
MONDAYS = [date(2027, 1, 11) + timedelta(weeks=number) for number in range(20)]
QUERIES = {
    "draft_detail": 10,
    "draft_compare": 10,
    "draft_publish": 27,
    "rota": 9,
    "cycle_detail": 9,
    "rota_history": 5,
}


def rota_of(count):
    cycle, hosts, people = make_cycle(count)
    for host in hosts:
        MembershipFactory(alliance=cycle.alliance, school=host.school, starts_on=date(2025, 9, 1))
    first, second = (
        [
            day_of(host, MONDAYS[(at + on) % 20], people[at - 1], people[at - 2])
            for at, host in enumerate(hosts)
        ]
        for on in (0, 1)
    )
    publish_draft(draft=draft_of(cycle, *first, at=NOW, number=1), by=cycle.organiser, now=NOW)
    draft_of(cycle, *second, at=NOW + timedelta(hours=1), number=2)
    return cycle, hosts


@pytest.mark.parametrize("count", [3, 30])
def test_pages_of_thirty_schools_take_as_many_queries_as_those_of_three(client, count):
    cycle, hosts = rota_of(count)
    client.force_login(
        AlliancePostFactory(alliance=cycle.alliance, kind="director").person,
    )
    taken = {}
    for name in QUERIES:
        numbered = [2] if name.startswith("draft") else []
        url = reverse(f"cycles:{name}", args=[cycle.pk, *numbered])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            text = client.get(url).text
        taken[name] = len(queries)
        if name != "cycle_detail":  # of many schools it lists those first that wait for something
            assert all(host.school.name in text for host in hosts)

    assert taken == QUERIES
