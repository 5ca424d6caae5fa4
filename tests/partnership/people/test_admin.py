import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.utils import timezone

from partnership.audit.models import Event
from partnership.people.models import Person
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/people/person/"


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True, name="Ola Officer", email="officer@portal.example")
    client.force_login(person)
    return person


def people_in(response):
    return [person.name for person in response.context["cl"].result_list]


def typed(person, **facts):
    known = {"name": person.name, "known_as": "", "email": person.email, "telephone": ""}
    return {**known, "seen_version": person.version, **facts}


def act(client, action, *people):
    chosen = {"action": action, "_selected_action": [person.pk for person in people]}
    return client.post(LIST, chosen, follow=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_costs_the_same_for_any_number(
    client, staff, rows, django_assert_num_queries
):
    PersonFactory.create_batch(rows)

    with django_assert_num_queries(3):
        response = client.get(LIST)

    assert len(people_in(response)) == rows + 1


@pytest.mark.parametrize("words", ["sian", "O’NEILL", "head7@school"])
def test_people_are_found_by_name_and_address(client, staff, words):
    PersonFactory(name="Siân O’Neill", email="head7@school.example")
    PersonFactory(name="Helen Brierley")

    assert people_in(client.get(LIST, {"q": words})) == ["Siân O’Neill"]


@pytest.mark.parametrize(
    ("account", "names"),
    [("open", ["Ola Officer"]), ("invited", ["Not Yet"]), ("closed", ["Gone Away"])],
)
def test_people_are_narrowed_by_their_account(client, staff, account, names):
    PersonFactory(name="Not Yet", is_active=False)
    PersonFactory(name="Gone Away", is_active=False, joined_at=timezone.now())

    response = client.get(LIST, {"account": account})

    assert people_in(response) == names


def test_a_correction_is_audited_once_and_leaves_no_name_in_djangos_log(client, staff):
    person = PersonFactory(name="Helen Brierley", email="head@school.example")

    client.post(
        f"{LIST}{person.pk}/change/",
        typed(person, name="Helen Shaw", email="HELEN@school.example", is_staff="on"),
    )

    person.refresh_from_db()
    assert (person.name, person.email, person.is_staff) == (
        "Helen Shaw",
        "helen@school.example",
        False,
    )
    event = Event.objects.get()
    assert (event.actor_id, event.fields) == (staff.pk, ["name", "email"])
    assert not LogEntry.objects.exists()


def test_the_second_of_two_editors_is_told_and_may_then_save(client, staff):
    person = PersonFactory(name="Helen Brierley")
    address = f"{LIST}{person.pk}/change/"
    client.post(address, typed(person, name="Helen Shaw", telephone="0161 496 0000"))

    second = client.post(address, typed(person, name="Nell Brierley"))
    page = second.content.decode()
    kept = Person.objects.get(pk=person.pk).name
    client.post(address, typed(person, name="Nell Brierley", seen_version=2))

    assert "Somebody else saved this person while you had her open." in page
    assert "name: Helen Shaw" in page
    assert "telephone: 0161 496 0000" in page
    assert 'value="Nell Brierley"' in page
    assert 'name="seen_version" value="2"' in page
    assert kept == "Helen Shaw"
    assert Person.objects.get(pk=person.pk).name == "Nell Brierley"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_broken_version_changes_nothing(client, staff, version):
    person = PersonFactory(name="Helen Brierley")

    facts = typed(person, name="Helen Shaw", seen_version=version)
    response = client.post(f"{LIST}{person.pk}/change/", facts)

    assert response.status_code == 200
    assert Person.objects.get(pk=person.pk).name == "Helen Brierley"


def test_an_address_of_somebody_else_is_refused_at_the_field(client, staff):
    person = PersonFactory(email="head@school.example")

    response = client.post(
        f"{LIST}{person.pk}/change/",
        typed(person, email="OFFICER@portal.example"),
    )

    assert "Somebody already has this e-mail address." in response.content.decode()


def test_people_are_deactivated_but_never_oneself(client, staff):
    person = PersonFactory()

    response = act(client, "deactivate_people", staff, person)

    assert list(Person.objects.filter(is_active=True)) == [staff]
    page = response.content.decode()
    assert "1 person: deactivated." in page
    assert "1 left as they were" in page


def test_staff_are_made_and_unmade_but_never_oneself(client, staff):
    person, invited = PersonFactory(), PersonFactory(is_active=False)

    act(client, "make_staff", person, invited, staff)
    made = set(Person.objects.filter(is_staff=True))
    act(client, "end_staff", person, staff)

    assert made == {staff, person}
    assert set(Person.objects.filter(is_staff=True)) == {staff}


def test_a_lost_second_factor_is_taken_away(client, staff):
    person = PersonFactory()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})

    act(client, "remove_second_factors", person)

    assert not Authenticator.objects.exists()


def test_people_are_neither_added_nor_deleted(client, staff):
    person = PersonFactory()

    deleted = client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"})
    act(client, "delete_selected", person)

    assert deleted.status_code == 403
    assert "deactivate them" in deleted.content.decode()
    assert client.get(f"{LIST}add/").status_code == 403
    assert Person.objects.filter(pk=person.pk).exists()


def test_the_history_is_the_portals_own(client, staff):
    person = PersonFactory()
    act(client, "make_staff", person)

    page = client.get(f"{LIST}{person.pk}/history/").content.decode()

    assert "Made portal staff" in page
    assert "Ola Officer" in page
    assert client.get(f"{LIST}0/history/").status_code == 403


def test_people_are_offered_while_typing(client, staff):
    PersonFactory(name="Siân O’Neill")
    typed = {"term": "sian", "app_label": "invitations", "model_name": "invitation"}

    response = client.get("/admin/autocomplete/", {**typed, "field_name": "person"})

    assert [found["text"] for found in response.json()["results"]] == ["Siân O’Neill"]


def test_secrets_and_stray_tables_have_no_page(client, staff):
    index = client.get("/admin/").content.decode()

    assert not any(map(admin.site.is_registered, (Authenticator, EmailAddress, Group)))
    assert "/admin/people/person/" in index
    assert "/admin/mfa/" not in index


def test_a_password_is_changed_where_everybody_does(client, staff):
    for answer in (client.get, client.post):
        assert answer("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_a_stranger_and_a_head_do_not_get_in(client):
    person = PersonFactory()
    assert client.get(LIST)["Location"].startswith("/accounts/login/")

    client.force_login(person)
    assert client.get(LIST, follow=True).status_code == 403
    assert client.post(LIST, {"action": "deactivate_people"}, follow=True).status_code == 403
