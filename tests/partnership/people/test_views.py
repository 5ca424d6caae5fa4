import pytest
from django.utils.html import escape

from partnership.people.models import Person
from tests.factories.people import PersonFactory
from tests.names import ACCEPTED, REFUSED

pytestmark = pytest.mark.django_db


def details(person, **typed):
    return {
        "name": person.name,
        "known_as": person.known_as,
        "telephone": person.telephone,
        "seen_version": person.version,
        **typed,
    }


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/people/me/")["Location"] == "/accounts/login/?next=/people/me/"


def test_a_person_corrects_her_own_details(client):
    person = PersonFactory(name="Helen Brierley")
    client.force_login(person)

    typed = details(person, name="Helen Shaw", known_as="Nell")
    response = client.post("/people/me/", typed, follow=True)

    person.refresh_from_db()
    assert (person.name, person.known_as, person.version) == ("Helen Shaw", "Nell", 2)
    assert "Your details are saved." in response.content.decode()


@pytest.mark.parametrize(
    "number", ["0161 496 0000", "+44 161 496 0000", "(0161) 496-0000 ext 12", "0161 4960000 x7"]
)
def test_a_telephone_number_is_kept_as_it_is_written(client, number):
    person = PersonFactory()
    client.force_login(person)

    client.post("/people/me/", details(person, telephone=number))

    assert Person.objects.get().telephone == number


@pytest.mark.parametrize("number", ["at school", "12", "0161<script>", "1" * 41, "٠١٦١٤٩٦٠٠٠٠"])
def test_what_is_no_number_is_refused_at_the_field(client, number):
    person = PersonFactory()
    client.force_login(person)

    response = client.post("/people/me/", details(person, telephone=number))

    assert 'id="id_telephone_error"' in response.content.decode()
    assert Person.objects.get().telephone == ""


def test_a_form_cannot_make_anybody_staff_or_change_an_address(client):
    person = PersonFactory(email="head@school.example")
    client.force_login(person)

    typed = details(person, is_staff="on", is_superuser="on", email="other@school.example")
    client.post("/people/me/", typed)

    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.email == "head@school.example"


def test_the_second_of_two_edits_sees_both_and_may_then_save(client):
    person = PersonFactory(name="Helen Brierley")
    client.force_login(person)
    client.post("/people/me/", details(person, name="Helen Shaw"))

    second = client.post("/people/me/", details(person, name="Nell Brierley"))
    page = second.content.decode()
    seen = details(person, name="Nell Brierley", seen_version=2)

    assert "Helen Shaw" in page
    assert 'value="Nell Brierley"' in page
    assert 'name="seen_version" value="2"' in page
    assert Person.objects.get().name == "Helen Shaw"
    client.post("/people/me/", seen)
    assert Person.objects.get().name == "Nell Brierley"


@pytest.mark.parametrize(("typed", "shown"), ACCEPTED)
def test_every_name_is_kept_and_shown_right(client, typed, shown):
    person = PersonFactory()
    client.force_login(person)

    response = client.post("/people/me/", details(person, name=typed), follow=True)

    assert Person.objects.get().name == shown
    assert f'value="{escape(shown)}"' in response.content.decode()


@pytest.mark.parametrize(("typed", "_reason"), REFUSED)
def test_what_is_no_name_is_refused_with_a_sentence_at_the_field(client, typed, _reason):
    person = PersonFactory(name="Helen Brierley")
    client.force_login(person)

    response = client.post("/people/me/", details(person, name=typed))

    assert response.status_code == 200
    assert 'id="id_name_error"' in response.content.decode()
    assert Person.objects.get().name == "Helen Brierley"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_broken_version_changes_nothing(client, version):
    person = PersonFactory(name="Helen Brierley")
    client.force_login(person)

    response = client.post("/people/me/", details(person, name="Helen Shaw", seen_version=version))

    assert response.status_code == 200
    assert Person.objects.get().name == "Helen Brierley"
