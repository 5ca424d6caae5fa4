import pytest

from partnership.invitations.navigation import entries
from tests.factories.people import PersonFactory


@pytest.mark.parametrize(("facts", "labels"), [({}, []), ({"staff": True}, ["Invitations"])])
def test_the_menu_offers_invitations_to_staff_alone(facts, labels):
    assert [entry.label for entry in entries(PersonFactory.build(**facts))] == labels
