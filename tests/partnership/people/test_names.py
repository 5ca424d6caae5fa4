import pytest
from django.core.exceptions import ValidationError

from partnership.people.models import Person
from partnership.people.names import check_name, tidy_name
from tests.factories.people import PersonFactory
from tests.names import ACCEPTED, REFUSED

TOO_LONG_OR_EMPTY = {"at most 150", "required"}


@pytest.mark.parametrize(("typed", "shown"), ACCEPTED)
def test_nearly_everything_is_a_name(typed, shown):
    check_name(typed)

    assert tidy_name(typed) == shown


@pytest.mark.parametrize(
    ("typed", "reason"), [case for case in REFUSED if case[1] not in TOO_LONG_OR_EMPTY]
)
def test_what_is_no_name_is_refused_in_a_sentence(typed, reason):
    with pytest.raises(ValidationError, match=reason):
        check_name(typed)


@pytest.mark.parametrize("typed", ["josé", "JOSE\u0301", "jose"])
@pytest.mark.django_db
def test_a_name_is_found_whatever_its_case_and_marks(typed):
    person = PersonFactory(name="José Núñez")

    assert list(Person.objects.named_like(typed)) == [person]


@pytest.mark.django_db
def test_a_person_is_greeted_by_first_name_unless_she_says_otherwise():
    assert PersonFactory(name="Helen Brierley").greeting == "Helen"
    assert PersonFactory(name="Helen Brierley", known_as="Nell").greeting == "Nell"
