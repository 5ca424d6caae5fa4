import pytest
from django.test import RequestFactory

from partnership.people.models import Person
from partnership.toolkit.pagination import LAST_PAGE, page_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def page(query="", *, size=2):
    people = Person.objects.order_by("id")
    return page_of(people, RequestFactory().get(f"/{query}"), size=size)


def test_a_page_looks_one_row_ahead_and_counts_nothing(django_assert_num_queries):
    people = [PersonFactory() for _ in range(5)]

    with django_assert_num_queries(1):
        first = page()
    second, last = page("?page=2"), page("?page=3")

    assert (list(first), first.has_previous, first.has_next) == (people[:2], False, True)
    assert (list(second), second.has_previous, second.has_next) == (people[2:4], True, True)
    assert (list(last), last.has_previous, last.has_next) == (people[4:], True, False)
    assert (len(last), second.previous_number, second.next_number) == (1, 1, 3)


def test_a_list_that_fills_its_page_has_no_next_one():
    PersonFactory.create_batch(2)

    assert not page().has_next


def test_a_page_beyond_the_end_is_empty():
    PersonFactory()

    beyond = page("?page=7")

    assert (len(beyond), beyond.number, beyond.has_next) == (0, 7, False)


@pytest.mark.parametrize("asked", ["", "0", "-1", "two", "1.5", "²", "٣", "99999", "1" * 5000])
def test_nonsense_asks_for_the_first_page(asked):
    assert page(f"?page={asked}").number == 1


def test_no_page_is_so_far_that_the_database_would_walk_the_table():
    assert page("?page=9999").number == LAST_PAGE
