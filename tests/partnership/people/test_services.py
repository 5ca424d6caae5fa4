from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from partnership.audit.models import Event
from partnership.people.models import Person
from partnership.people.services import (
    OwnAccount,
    add_person,
    ask_for_password_reset,
    deactivate,
    edit_person,
    end_portal_staff,
    let_in,
    make_portal_staff,
    remove_second_factor,
    send_password_reset,
)
from partnership.toolkit.versions import ChangedSince
from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def actions():
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_a_person_is_added_once_and_may_not_sign_in_yet():
    staff = PersonFactory(staff=True)

    first = add_person(email="New@school.example", name="Siân O’Neill", by=staff, now=NOW)
    again = add_person(email="new@SCHOOL.example", name="Somebody", by=staff, now=NOW)

    assert first == again
    assert (again.name, again.is_active, again.has_usable_password()) == (
        "Siân O’Neill",
        False,
        False,
    )
    assert actions() == ["person added"]


def test_whoever_is_let_in_may_sign_in_by_the_name_she_corrected():
    person = PersonFactory(invited_only=True, name="Sian ONeil")

    let_in(person=person, password="three plain words", name="Siân  O’Neill", now=NOW)

    person.refresh_from_db()
    assert (person.is_active, person.joined_at, person.name) == (True, NOW, "Siân O’Neill")
    assert person.check_password("three plain words")
    assert actions() == ["person joined"]


def test_an_edit_is_audited_by_its_fields_and_not_by_their_values():
    person = PersonFactory(name="Helen Brierley")

    changes = {"name": "Helen  Shaw", "email": "HELEN@school.example", "known_as": ""}
    edited = edit_person(person=person, changes=changes, by=person, now=NOW, seen_version=1)

    assert (edited.name, edited.email, edited.version) == ("Helen Shaw", "helen@school.example", 2)
    event = Event.objects.get()
    assert (event.action, event.fields, event.values) == ("person edited", ["name", "email"], {})


def test_an_edit_that_changes_nothing_leaves_no_trace():
    person = PersonFactory(name="Helen Brierley")

    edit_person(person=person, changes={"name": "Helen Brierley"}, by=person, now=NOW)

    assert (person.version, actions()) == (1, [])


def test_a_second_editor_is_told_of_the_first():
    person = PersonFactory(name="Helen Brierley")
    edit_person(person=person, changes={"name": "Helen Shaw"}, by=person, now=NOW, seen_version=1)

    with pytest.raises(ChangedSince) as raised:
        edit_person(person=person, changes={"name": "Nell"}, by=person, now=NOW, seen_version=1)

    assert raised.value.current.name == "Helen Shaw"


def test_a_closed_account_loses_password_second_factor_and_office():
    staff, person = PersonFactory(staff=True), PersonFactory(staff=True)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})

    deactivate(person=person, by=staff, now=NOW)
    deactivate(person=person, by=staff, now=NOW)

    person.refresh_from_db()
    assert (person.is_active, person.is_staff, person.is_superuser) == (False, False, False)
    assert not person.check_password(PASSWORD)
    assert not Authenticator.objects.exists()
    assert actions() == ["person deactivated"]


def test_nobody_closes_her_own_account_or_leaves_the_office_alone():
    staff = PersonFactory(staff=True)

    with pytest.raises(OwnAccount):
        deactivate(person=staff, by=staff, now=NOW)
    with pytest.raises(OwnAccount):
        end_portal_staff(person=staff, by=staff, now=NOW)


def test_staff_are_made_and_unmade():
    staff, person = PersonFactory(staff=True), PersonFactory()

    make_portal_staff(person=person, by=staff, now=NOW)
    made = Person.objects.get(pk=person.pk)
    end_portal_staff(person=person, by=staff, now=NOW)
    unmade = Person.objects.get(pk=person.pk)

    assert (made.is_staff, made.is_superuser) == (True, True)
    assert (unmade.is_staff, unmade.is_superuser, unmade.is_active) == (False, False, True)
    assert actions() == ["made portal staff", "no longer portal staff"]


def test_a_lost_second_factor_is_taken_away_once():
    staff, person = PersonFactory(staff=True), PersonFactory()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})

    assert remove_second_factor(person=person, by=staff, now=NOW)
    assert not remove_second_factor(person=person, by=staff, now=NOW)
    assert actions() == ["second factor removed"]


def test_the_link_to_a_new_password_is_mailed_from_the_portals_host(settings):
    person = PersonFactory(name="Siân O’Neill")

    assert send_password_reset(person_id=person.pk)

    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert sent.extra_headers["Message-ID"].endswith(f"@{settings.PORTAL_HOST}>")
    assert f"{settings.PORTAL_URL}/accounts/password/reset/key/" in sent.body
    assert f"{settings.PORTAL_URL}/accounts/password/reset/key/" in sent.alternatives[0].content


def test_no_link_is_mailed_to_a_closed_account_or_to_nobody():
    closed = PersonFactory(is_active=False)

    assert not send_password_reset(person_id=closed.pk)
    assert not send_password_reset(person_id=0)
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["known@school.example", "nobody@school.example"])
def test_asking_for_a_new_password_leaves_the_mail_to_a_worker(email, settings):
    PersonFactory(email="known@school.example")

    ask_for_password_reset(email=email)

    assert mail.outbox == []
