from datetime import date

import pytest

from partnership.toolkit.registers import search, search_alike, search_kinds
from tests.factories import AllianceFactory, PersonFactory, SchoolFactory

pytestmark = pytest.mark.django_db

TODAY = date(2027, 1, 12)


def titles(found):
    return [each.title for each in found]


@pytest.mark.parametrize("count", [1, 3])
def test_searching_all_rooms_takes_two_selects(django_assert_num_queries, count):
    person = PersonFactory()
    for n in range(count):
        SchoolFactory(name=f"Greenfield School {n}")
    AllianceFactory(name="Greenfield Alliance")
    SchoolFactory(name="Saddleworth School")

    with django_assert_num_queries(2):
        found = search(person, "greenfield", limit=20, on=TODAY)

    assert sorted(titles(found)) == [
        "Greenfield Alliance",
        *[f"Greenfield School {n}" for n in range(count)],
    ]
    assert all(thing.spec is search_kinds()[thing.kind] and thing.url for thing in found)


def test_of_each_kind_only_so_much_is_found_and_each_thing_once():
    for n in range(4):
        SchoolFactory(name=f"Greenfield School {n}")
        AllianceFactory(name=f"Greenfield Alliance {n}")

    found = search(PersonFactory(), "greenfield", limit=3, on=TODAY)

    assert titles(found) == [
        *[f"Greenfield Alliance {n}" for n in range(3)],
        *[f"Greenfield School {n}" for n in range(3)],
    ]


def test_what_begins_so_comes_before_what_only_has_it():
    SchoolFactory(name="A school in Greenfield")
    SchoolFactory(name="Greenfield School")

    found = search(PersonFactory(), "greenfield", limit=1, on=TODAY)

    assert titles(found) == ["Greenfield School"]


def test_only_the_kinds_that_are_asked_for_are_searched():
    SchoolFactory(name="Greenfield School")
    AllianceFactory(name="Greenfield Alliance")

    found = search(PersonFactory(), "greenfield", limit=9, on=TODAY, kinds=["alliance"])

    assert titles(found) == ["Greenfield Alliance"]


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "typed", ["sadleworth", "saddelworth", "saddleworht", "saddleworthx", "seddleworth school"]
)
def test_one_wrong_letter_is_forgiven(typed):
    SchoolFactory(name="Saddleworth School")
    SchoolFactory(name="Knowsley Junior School", town="Lees")

    assert titles(search_alike(PersonFactory(), typed, limit=5, on=TODAY)) == ["Saddleworth School"]


@pytest.mark.postgresql
def test_a_short_name_with_a_wrong_letter_is_found_and_the_nearest_comes_first():
    SchoolFactory(name="Grove Infant School", town="Lees")
    SchoolFactory(name="Growing Together School", town="Lees")

    found = search_alike(PersonFactory(), "grave infant", limit=5, on=TODAY)

    assert titles(found)[0] == "Grove Infant School"


@pytest.mark.postgresql
def test_what_is_spelt_nearly_so_is_still_only_what_the_person_may_see():
    SchoolFactory(name="Saddleworth School")

    assert search_alike(PersonFactory(is_active=False), "sadleworth", limit=5, on=TODAY) == []


def test_short_words_are_like_too_many_to_be_guessed_at(django_assert_num_queries):
    SchoolFactory(name="Elm School")
    person = PersonFactory()

    with django_assert_num_queries(0):
        found = search_alike(person, "ell", limit=5, on=TODAY)

    assert found == []
