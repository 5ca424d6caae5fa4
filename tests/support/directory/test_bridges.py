from datetime import UTC, datetime

import pytest

from partnership.toolkit.registers import hand_over, ways_on
from tests.factories import (
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
    SupportRulesFactory,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = "Our mornings in Reception are worth a visit"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_head_offers_it_where_her_alliance_gives_support():
    head = SchoolPostFactory()
    giving, silent = (MembershipFactory(school=head.school).alliance for _number in range(2))
    SupportRulesFactory(alliance=giving)
    token = hand_over("room.finding", 4, OWN, by=head.person)

    def offered(person, alliance):
        by = str(person.pk)
        return ways_on(person, {"offer": OWN, "alliance": alliance.slug, "origin": token, "by": by})

    ((words, url),) = offered(head.person, giving)
    assert words == "Offer it in the directory"
    assert url.startswith(f"/directory/{giving.slug}/offers/new/?origin=")
    assert "Reception" not in url
    assert offered(head.person, silent) == [(words, url)]
    assert offered(PersonFactory(), giving) == []
    assert ways_on(head.person, {"case_study": "4"}) == []


def test_form_of_an_offer_begins_with_what_was_handed_over(client):
    head = SchoolPostFactory()
    alliance = MembershipFactory(school=head.school).alliance
    SupportRulesFactory(alliance=alliance)
    token = hand_over("room.finding", 4, OWN, by=head.person)
    client.force_login(head.person)

    page = client.get(f"/directory/{alliance.slug}/offers/new/", {"origin": token}).text
    plain = client.get(f"/directory/{alliance.slug}/offers/new/").text

    assert OWN in page
    assert "Only what stands in this form goes across" in page
    assert "goes across" not in plain
