import pytest
from django.db import IntegrityError

from partnership.people.models import Person
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any():
    person = PersonFactory(email=" Head@School.Example ")

    assert person.email == "head@school.example"
    assert Person.objects.with_email("HEAD@school.EXAMPLE").get() == person


def test_an_address_belongs_to_one_person():
    PersonFactory(email="head@school.example")

    with pytest.raises(IntegrityError):
        PersonFactory(email="HEAD@school.example")


def test_the_database_refuses_an_address_in_upper_case():
    person = PersonFactory()

    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=person.pk).update(email="Head@school.example")


def test_the_first_staff_are_made_at_the_command_line():
    staff = Person.objects.create_superuser("staff@portal.example", "Ola Officer", "long password")

    assert (staff.is_staff, staff.is_superuser, staff.is_active) == (True, True, True)


def test_django_knows_a_person_by_name():
    person = PersonFactory(name="Helen Brierley", known_as="Nell")

    assert (person.get_full_name(), person.get_short_name()) == ("Helen Brierley", "Nell")
