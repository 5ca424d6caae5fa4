import pytest

from alliances.schools.navigation import entries
from partnership.toolkit.folding import folded
from partnership.toolkit.registers import search
from tests.factories import AllianceFactory, PersonFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def found(person, words):
    return [(each.kind, each.title, each.url) for each in search(person, folded(words), limit=10)]


def test_search_finds_schools_and_alliances_with_their_pages():
    person = PersonFactory()
    SchoolFactory(name="New Saddleworth School", urn=151362)
    SchoolFactory(name="Saddleworth School", urn=151361)
    AllianceFactory(name="Dovestone", area="Saddleworth and Lees", slug="dovestone")

    assert found(person, "SADDLEWORTH") == [
        ("school", "Saddleworth School", "/schools/151361/"),
        ("alliance", "Dovestone", "/alliances/dovestone/"),
        ("school", "New Saddleworth School", "/schools/151362/"),
    ]


def test_search_finds_a_school_by_its_number_and_says_where_it_is():
    SchoolFactory(name="Knowsley Junior School", urn=105670, town="Oldham")

    rows = search(PersonFactory(), "105670", limit=10)

    assert [(row.title, row.line) for row in rows] == [
        ("Knowsley Junior School", "Oldham, URN 105670")
    ]


def test_search_finds_nothing_for_who_may_not_sign_in():
    SchoolFactory(name="Saddleworth School")
    AllianceFactory(name="Saddleworth")

    assert found(PersonFactory(is_active=False), "saddleworth") == []


def test_schools_have_their_place_in_the_top_bar():
    assert [(entry.label, entry.url, entry.order) for entry in entries(PersonFactory())] == [
        ("Schools", "/schools/", 70)
    ]
