import pytest

from partnership.toolkit.registers import navigation
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def labels(person):
    return [entry.label for entry in navigation(person) if entry.order < 900]


def test_the_top_bar_is_in_one_order_with_the_desk_first():
    entries = navigation(PersonFactory())

    assert [entry.order for entry in entries] == sorted(entry.order for entry in entries)
    assert entries[0].url == "/desk/"
    assert entries[-1].label == "Sign out"


def test_portal_staff_find_the_outbox_and_nobody_else_does():
    staff, head = PersonFactory(staff=True), PersonFactory()

    assert "/notices/" in {entry.url for entry in navigation(staff)}
    assert "/notices/" not in {entry.url for entry in navigation(head)}
    assert labels(head)


def test_the_top_bar_costs_no_query(django_assert_num_queries):
    person = PersonFactory()

    with django_assert_num_queries(0):
        navigation(person)
