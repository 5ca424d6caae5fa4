from datetime import UTC, datetime

import pytest

from partnership.toolkit.registers import bridges_taking, hand_over, ways_on
from support.programmes.models import Programme
from tests.factories import (
    DelegationFactory,
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = "We would like to get better at early reading"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def head_of_member(*, gives_support=True):
    head = SchoolPostFactory()
    alliance = MembershipFactory(school=head.school).alliance
    if gives_support:
        SupportRulesFactory(alliance=alliance)
    return head, alliance


def offered(person):
    return [words for words, _url in ways_on(person, {"need": OWN})]


def test_who_may_ask_is_offered_to_begin_a_request():
    head, _alliance = head_of_member()
    deputy = SchoolPostFactory(school=head.school, kind="deputy").person
    told = {"school": head.school, "given_by": head.person}
    acting = DelegationFactory(deputy=deputy, kind="support", **told).deputy
    without_support, _alliance = head_of_member(gives_support=False)
    others = [without_support.person, SchoolPostFactory().person, PersonFactory(is_staff=True)]

    assert [offered(person) for person in (head.person, acting)] == [["Ask for support"]] * 2
    assert [offered(person) for person in others] == [[]] * 3


def test_address_says_the_words_or_what_was_handed_over():
    (kind,) = bridges_taking({"need"})
    token = hand_over("room.finding", 4, OWN, by=PersonFactory())

    assert kind.url({"need": "Early reading"}) == "/support/ask/?need=Early+reading"
    assert "reading" not in kind.url({"need": OWN, "origin": token})
    assert kind.url({"topic": OWN}) == ""


def test_form_begins_with_words_that_were_handed_over_to_her_alone(client):
    head, alliance = head_of_member()
    area = SupportAreaFactory(alliance=alliance)
    token = hand_over("room.finding", 4, OWN, by=head.person)
    other = SchoolPostFactory(school=head.school).person
    pages = {}
    for person in (head.person, other):
        client.force_login(person)
        pages[person.pk] = client.get("/support/ask/", {"origin": token}).text
    client.force_login(head.person)
    typed = {"area": area.pk, "need": f"{OWN}.", "urgency": "term"}
    client.post(f"/support/ask/?origin={token}", typed)

    assert {pk: OWN in page for pk, page in pages.items()} == {
        head.person.pk: True,
        other.pk: False,
    }
    assert Programme.objects.get().need == f"{OWN}."
