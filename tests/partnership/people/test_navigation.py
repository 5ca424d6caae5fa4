import pytest

from partnership.people.navigation import entries
from tests.factories.people import PersonFactory


@pytest.mark.parametrize(
    ("facts", "labels"), [({}, ["My details"]), ({"staff": True}, ["My details", "Admin"])]
)
def test_the_menu_offers_the_admin_to_staff_alone(facts, labels):
    assert [entry.label for entry in entries(PersonFactory.build(**facts))] == labels
