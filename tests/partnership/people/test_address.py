import re

import pytest
from allauth.account.models import EmailAddress
from celery import current_app
from django.core import mail

from partnership.audit.models import Event
from partnership.people.models import Person
from partnership.people.services import (
    AddressTaken,
    change_address,
    edit_person,
    send_account_mail,
    send_address_link,
)
from partnership.people.services.addresses import AddressLink
from tests.factories.people import PASSWORD, PersonFactory
from tests.partnership.people.test_devices import is_out, signed_in

pytestmark = pytest.mark.django_db

CHANGE = "/people/me/address/"


@pytest.fixture
def queue(monkeypatch):
    """What pages leave to a worker."""
    asked = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, args, **_options: asked.append((name, *args))
    )
    return asked


def again(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def link_for(person, email="new@school.example"):
    assert send_address_link(person_id=person.pk, email=email)
    return re.search(r"http://testserver(/people/me/address/\S+)", mail.outbox[-1].body)[1]


def test_a_new_address_is_confirmed_there_and_told_to_the_old_one(
    queue, django_capture_on_commit_callbacks
):
    person = PersonFactory(email="old@school.example")
    here, there = signed_in(person), signed_in(person)
    again(here)

    asked = here.post(CHANGE, {"email": "NEW@school.example"}).content.decode()
    _name, person_id, email = queue.pop()
    link = link_for(Person.objects.get(pk=person_id), email)
    shown = here.get(link).content.decode()
    unchanged = Person.objects.get().email
    with django_capture_on_commit_callbacks(execute=True):
        here.post(link)

    assert "new@school.example" in asked
    assert mail.outbox[-1].to == ["new@school.example"]
    assert "Sign in with new@school.example?" in shown
    assert unchanged == "old@school.example"
    assert Person.objects.get().email == "new@school.example"
    assert [is_out(here), is_out(there)] == [False, True]
    told = ("people.send_account_mail", person.pk, "people/email/address_changed")
    assert (*told, "old@school.example") in queue
    assert Event.objects.filter(action="person edited").get().fields == ["email"]


def test_the_old_address_is_told_in_plain_words():
    person = PersonFactory(email="new@school.example")

    send_account_mail(
        person_id=person.pk, template="people/email/address_changed", email="old@school.example"
    )

    assert mail.outbox[0].to == ["old@school.example"]
    assert "new@school.example" not in mail.outbox[0].body


def test_it_is_asked_once_more_who_changes_an_address(client):
    client.force_login(PersonFactory())

    assert client.get(CHANGE)["Location"].startswith("/accounts/reauthenticate/")


def test_no_page_tells_whether_an_address_is_somebodys(client, queue):
    PersonFactory(email="taken@school.example")
    client.force_login(PersonFactory())
    again(client)

    pages = [
        client.post(CHANGE, {"email": email}).content.decode().replace(email, "an address")
        for email in ("taken@school.example", "free@school.example")
    ]

    assert pages[0] == pages[1]
    assert [name for name, *_rest in queue] == ["people.send_address_link"] * 2
    assert [send_address_link(person_id=who, email=to) for _name, who, to in queue] == [False, True]


def test_mails_to_strangers_are_few(client, queue):
    client.force_login(PersonFactory())
    again(client)

    answers = [
        client.post(CHANGE, {"email": f"stranger{number}@school.example"}).status_code
        for number in range(6)
    ]

    assert answers == [200] * 5 + [429]
    assert len(queue) == 5


def test_the_address_she_has_is_no_new_one(client, queue):
    client.force_login(PersonFactory(email="head@school.example"))
    again(client)

    page = client.post(CHANGE, {"email": "HEAD@school.example"}).content.decode()

    assert "You sign in with this address already." in page
    assert queue == []


def test_the_link_of_another_person_changes_nothing(client):
    person, other = PersonFactory(), PersonFactory()
    link = link_for(person)
    client.force_login(other)

    assert client.post(link).status_code == 410
    assert not Person.objects.filter(email="new@school.example").exists()


def test_a_link_asks_for_a_sign_in(client):
    link = link_for(PersonFactory())

    assert client.get(link)["Location"].startswith("/accounts/login/")


def test_a_link_works_once_and_for_a_day(client, time_machine):
    time_machine.move_to("2026-11-23T09:00:00Z", tick=False)
    person = PersonFactory()
    link, newer = link_for(person), link_for(person, "newer@school.example")
    client.force_login(person)

    client.post(link)
    used = client.post(newer)
    late = link_for(Person.objects.get(), "late@school.example")
    time_machine.move_to("2026-11-24T09:00:02Z", tick=False)

    assert used.status_code == 410
    assert client.post(late).status_code == 410
    assert Person.objects.get().email == "new@school.example"


def test_an_address_that_somebody_took_meanwhile_stays_hers(client):
    person = PersonFactory(email="old@school.example")
    link = link_for(person)
    PersonFactory(email="new@school.example")
    client.force_login(person)

    assert client.post(link).status_code == 410
    with pytest.raises(AddressTaken):
        change_address(
            person=person,
            link=AddressLink(person.pk, person.email, "new@school.example"),
            keep="",
            now=person.created_at,
        )


def test_what_was_kept_of_the_old_address_is_forgotten():
    person = PersonFactory(email="old@school.example")
    EmailAddress.objects.create(user=person, email="old@school.example", primary=True)

    changes = {"email": "new@school.example"}
    edit_person(person=person, changes=changes, by=person, now=person.created_at)

    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("token", ["x", "made-up:x:y", "%F0%9F%98%80"])
def test_a_made_up_link_changes_nothing(client, token):
    client.force_login(PersonFactory())

    assert client.post(f"{CHANGE}{token}/").status_code == 410
