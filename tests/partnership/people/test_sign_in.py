import re

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from partnership.audit.models import Event
from partnership.people.models import Person
from partnership.people.services import deactivate, send_password_reset
from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

MISMATCH = "The e-mail address or the password isn’t right."


def sign_in(client, email, password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


@pytest.mark.parametrize(
    "typed", ["head@school.example", "HEAD@School.Example", " Head@school.example "]
)
def test_a_person_signs_in_by_her_address_in_any_case(client, typed):
    PersonFactory(email="head@school.example")

    response = sign_in(client, typed)

    assert (response.status_code, response["Location"]) == (302, "/desk/")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("head@school.example", "not her password"),
        ("nobody@school.example", PASSWORD),
        ("invited@school.example", PASSWORD),
    ],
)
def test_a_wrong_address_and_a_wrong_password_say_the_same(client, email, password):
    PersonFactory(email="head@school.example")
    invited = PersonFactory(email="invited@school.example", is_active=False)
    invited.set_unusable_password()
    invited.save()

    response = sign_in(client, email, password)

    assert response.status_code == 200
    assert MISMATCH in response.content.decode()


def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(client, hashings):
    PersonFactory(email="head@school.example")
    hashings()

    sign_in(client, "head@school.example", "not her password")
    known = hashings()
    sign_in(client, "nobody@school.example", "not her password")
    unknown = hashings()

    assert known == unknown == 1


def test_guessing_passwords_is_stopped_for_the_address(client):
    PersonFactory(email="head@school.example")

    for _attempt in range(5):
        sign_in(client, "head@school.example", "guessed")
    response = sign_in(client, "HEAD@school.example")

    assert "That was too often." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_guessing_addresses_is_stopped_for_the_machine(client):
    for number in range(10):
        sign_in(client, f"guess{number}@school.example", "guessed")
    PersonFactory(email="head@school.example")

    response = sign_in(client, "head@school.example")

    assert "That was too often." in response.content.decode()


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "3rdparty/", "2fa/webauthn/"]
)
def test_nobody_registers_alone(client, path):
    client.force_login(PersonFactory())

    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {"email": "new@school.example"}).status_code == 404
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup"])
def test_pages_that_are_not_named_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_closed_account_ends_its_sessions_for_good(client):
    staff, person = PersonFactory(staff=True), PersonFactory()
    client.force_login(person)
    assert client.get("/people/me/").status_code == 200

    deactivate(person=person, by=staff, now=person.created_at)
    closed = client.get("/people/me/")
    Person.objects.filter(pk=person.pk).update(is_active=True)
    opened_again = client.get("/people/me/")

    assert closed["Location"].startswith("/accounts/login/")
    assert opened_again["Location"].startswith("/accounts/login/")


def test_a_closed_account_cannot_sign_in_with_its_old_password(client):
    person = PersonFactory(email="head@school.example")
    deactivate(person=person, by=PersonFactory(staff=True), now=person.created_at)

    assert MISMATCH in sign_in(client, "head@school.example").content.decode()


def test_somebody_switched_off_who_knows_the_password_is_told_that_the_account_is_closed(client):
    PersonFactory(email="head@school.example", is_active=False)

    response = sign_in(client, "head@school.example")

    assert response["Location"] == "/accounts/inactive/"
    assert "This account is closed" in client.get("/accounts/inactive/").content.decode()


@pytest.mark.parametrize(
    "email", ["known@school.example", "nobody@school.example", "off@school.example"]
)
def test_asking_for_a_new_password_says_the_same_to_everybody(client, email):
    PersonFactory(email="known@school.example")
    PersonFactory(email="off@school.example", is_active=False)

    response = client.post("/accounts/password/reset/", {"email": email}, follow=True)

    assert response.redirect_chain == [("/accounts/password/reset/done/", 302)]
    assert email not in response.content.decode()
    assert mail.outbox == []


def test_asking_too_often_for_a_new_password_is_stopped(client):
    for _attempt in range(5):
        client.post("/accounts/password/reset/", {"email": "known@school.example"})

    response = client.post("/accounts/password/reset/", {"email": "known@school.example"})

    assert response.status_code == 429


def reset_link(person):
    send_password_reset(person_id=person.pk)
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[
        1
    ]


def test_the_mailed_link_sets_a_new_password_once(client):
    person = PersonFactory(email="head@school.example")
    link = reset_link(person)

    page = client.get(link, follow=True)
    typed = {"password1": "three other plain words", "password2": "three other plain words"}
    done = client.post(page.request["PATH_INFO"], typed, follow=True)
    again = client.get(link, follow=True)

    assert done.status_code == 200
    person.refresh_from_db()
    assert person.check_password("three other plain words")
    assert "used" in again.content.decode()
    assert list(Event.objects.values_list("action", "actor_id")) == [("password chosen", person.pk)]


def test_the_link_page_asks_for_a_password_that_is_hard_to_guess(client):
    person = PersonFactory(name="Helen Brierley")
    page = client.get(reset_link(person), follow=True)

    short = client.post(page.request["PATH_INFO"], {"password1": "short", "password2": "short"})

    assert short.status_code == 200
    assert "12 characters" in short.content.decode()


def test_the_link_of_a_closed_account_is_dead(client):
    person = PersonFactory()
    link = reset_link(person)
    deactivate(person=person, by=PersonFactory(staff=True), now=person.created_at)

    response = client.get(link, follow=True)

    assert "used" in response.content.decode()
    assert 'name="password1"' not in response.content.decode()


def test_a_made_up_link_says_the_same_as_a_used_one(client):
    PersonFactory()

    response = client.get("/accounts/password/reset/key/1-cx1s7c-abcdef/", follow=True)

    assert 'name="password1"' not in response.content.decode()


def test_a_password_is_changed_by_whoever_knows_the_old_one(client):
    person = PersonFactory()
    client.force_login(person)
    typed = {"password1": "three other plain words", "password2": "three other plain words"}

    wrong = client.post("/accounts/password/change/", {"oldpassword": "no", **typed})
    right = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **typed})

    assert "This isn’t your password." in wrong.content.decode()
    assert right["Location"] == "/people/me/"
    assert client.get("/people/me/").status_code == 200


def test_signing_out_takes_a_post(client):
    client.force_login(PersonFactory())

    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_never_leads_to_another_site(client, address):
    PersonFactory(email="head@school.example")

    response = client.post(
        f"/accounts/login/?next={address}",
        {"login": "head@school.example", "password": PASSWORD, "next": address},
    )

    assert response["Location"] == "/desk/"
