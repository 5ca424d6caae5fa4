from datetime import date

import pytest

from partnership.toolkit.registers import search, search_alike, search_kinds
from partnership.toolkit.registers.spelling import is_one_slip, meant_by
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


@pytest.mark.parametrize("typed", ["oask", "aoks", "oakx", "oaksi", "oakks park"])
def test_one_slip_in_a_short_word_is_forgiven_everywhere(typed):
    SchoolFactory(name="Four Oaks Park School", town="Lees")
    SchoolFactory(name="Knowsley Junior School", town="Lees")

    found = search_alike(PersonFactory(), typed, limit=5, on=TODAY)

    assert titles(found) == ["Four Oaks Park School"]


def test_what_was_likelier_meant_comes_first():
    SchoolFactory(name="Angel Oak Academy")
    SchoolFactory(name="Four Oaks School")

    found = search_alike(PersonFactory(), "oask", limit=5, on=TODAY)

    assert titles(found) == ["Four Oaks School", "Angel Oak Academy"]


def test_slip_is_taken_for_the_word_that_begins_alike_and_is_commoner():
    SchoolFactory(name="Hill School")
    SchoolFactory(name="Hall School")
    SchoolFactory(name="Hall Green School")
    SchoolFactory(name="Hull School")
    SchoolFactory(name="Bell School")

    found = search_alike(PersonFactory(), "hell", limit=5, on=TODAY)

    assert titles(found) == ["Hall Green School", "Hall School", "Hill School"]


@pytest.mark.parametrize("count", [1, 3])
def test_slip_costs_the_same_for_one_school_and_for_three(django_assert_num_queries, count):
    person = PersonFactory()
    for n in range(count):
        SchoolFactory(name=f"Oaks School {n}")
    search_alike(person, "oask", limit=5, on=TODAY)

    with django_assert_num_queries(3):
        search_alike(person, "oask", limit=5, on=TODAY)


def test_slip_shows_nobody_what_she_may_not_see():
    SchoolFactory(name="Oaks School")
    search_alike(PersonFactory(), "oask", limit=5, on=TODAY)

    assert search_alike(PersonFactory(is_active=False), "oask", limit=5, on=TODAY) == []


@pytest.mark.parametrize(
    ("typed", "word", "is_near"),
    [
        ("smit", "smith", True),
        ("smiths", "smith", True),
        ("smtih", "smith", True),
        ("smoth", "smith", True),
        ("smith", "smith", False),
        ("smh", "smith", False),
        ("msiht", "smith", False),
        ("thims", "smith", False),
    ],
)
def test_one_slip_is_a_letter_or_two_neighbours(typed, word, is_near):
    assert is_one_slip(typed, word) is is_near


def test_letters_turned_round_are_likelier_than_one_too_many():
    words = {"oak": 9, "oaks": 1, "task": 20, "bask": 30, "oats": 2}

    assert meant_by("oask", words) == ["oaks", "oak"]
