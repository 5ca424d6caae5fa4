import pytest

from partnership.toolkit.registers import search, search_kinds
from tests.factories import AllianceFactory, PersonFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_searching_all_rooms_is_one_select(django_assert_num_queries, count):
    person = PersonFactory()
    for n in range(count):
        SchoolFactory(name=f"Greenfield School {n}")
    AllianceFactory(name="Greenfield Alliance")
    SchoolFactory(name="Saddleworth School")

    with django_assert_num_queries(1):
        found = search(person, "greenfield", limit=20)

    assert sorted(thing.title for thing in found) == [
        "Greenfield Alliance",
        *[f"Greenfield School {n}" for n in range(count)],
    ]
    assert all(thing.spec is search_kinds()[thing.kind] and thing.url for thing in found)


def test_only_so_much_is_found():
    for n in range(4):
        SchoolFactory(name=f"Greenfield School {n}")

    assert len(search(PersonFactory(), "greenfield", limit=3)) == 3
