import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from partnership.audit.models import Event
from partnership.people.services import send_account_mail
from tests.factories.people import PASSWORD, PersonFactory
from tests.partnership.people.test_second_factor import give_second_factor
from tests.telephone import Telephone

pytestmark = pytest.mark.django_db

ADD = "/accounts/2fa/webauthn/add/"
SIGN_IN = "/accounts/2fa/webauthn/login/"
SECOND = "/accounts/2fa/authenticate/"


BROKEN = json.dumps(
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
        "clientExtensionResults": {},
    }
)


@pytest.fixture(autouse=True)
def _at_localhost(settings):
    settings.PORTAL_URL = "http://localhost:8000"


def again(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def options_on(page):
    found = re.search(r'id="passkey-options"[^>]*>(.*?)</script>', page.content.decode())
    return json.loads(found[1])


def add_passkey(client, person, *, name="School laptop", telephone=None):
    client.force_login(person)
    return add_passkey_in(client, name=name, telephone=telephone)


def add_passkey_in(client, *, name="School laptop", telephone=None):
    again(client)
    telephone = telephone or Telephone()
    options = options_on(client.get(ADD))["creation_options"]
    typed = {"name": name, "passwordless": "on", "credential": telephone.makes(options)}
    return telephone, client.post(ADD, typed)


def sign_in_with(client, telephone, **posted):
    options = client.get(SIGN_IN, headers={"accept": "application/json"}).json()
    credential = telephone.signs(options["request_options"])
    return client.post(SIGN_IN, {"credential": credential, **posted})


def actions():
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_a_person_adds_a_passkey_and_gets_recovery_codes(
    client, django_capture_on_commit_callbacks
):
    person = PersonFactory()

    with django_capture_on_commit_callbacks(execute=True):
        _telephone, response = add_passkey(client, person)

    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    page = client.get("/accounts/2fa/").content.decode()
    assert "School laptop" in page
    assert "10 left" in page
    assert actions() == ["passkey added"]


def test_a_passkey_asks_who_it_is_once_more_before_it_is_added(client):
    client.force_login(PersonFactory())

    assert client.get(ADD)["Location"].startswith("/accounts/reauthenticate/")


def test_a_passkey_is_called_like_its_device_until_its_owner_names_it(client):
    person = PersonFactory()
    client.force_login(person)
    again(client)

    page = client.get(ADD, headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0)"})

    assert 'value="iPhone"' in page.content.decode()


@pytest.mark.parametrize(
    "telephone",
    [Telephone(is_verified=False), Telephone(origin="https://elsewhere.example")],
    ids=["without-a-finger", "on-another-site"],
)
def test_a_passkey_that_proves_nothing_is_not_kept(client, telephone):
    _telephone, response = add_passkey(client, PersonFactory(), telephone=telephone)

    assert response.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "x", "{}", "[]", "null", '{"id": 1}', BROKEN])
def test_a_broken_answer_of_a_device_changes_nothing(client, credential):
    person = PersonFactory()
    client.force_login(person)
    again(client)
    client.get(ADD)

    response = client.post(ADD, {"name": "x", "credential": credential})

    assert response.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_is_the_whole_sign_in_also_of_staff(client, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    telephone, _response = add_passkey(client, PersonFactory(staff=True))
    client.post("/accounts/logout/")

    response = sign_in_with(client, telephone)

    assert response["Location"] == "/desk/"
    assert client.get("/admin/").status_code == 200


def test_a_passkey_leads_to_the_page_that_was_asked_for(client):
    telephone, _response = add_passkey(client, PersonFactory())
    client.post("/accounts/logout/")

    response = sign_in_with(client, telephone, next="/people/me/")

    assert response["Location"] == "/people/me/"


def test_a_password_asks_for_the_passkey_too(client, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    person = PersonFactory(staff=True)
    telephone, _response = add_passkey(client, person)
    client.post("/accounts/logout/")

    asked = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    page = client.get(SECOND)
    credential = telephone.signs(options_on(page)["request_options"])
    done = client.post(SECOND, {"credential": credential})

    assert asked["Location"] == SECOND
    assert "Use your passkey" in page.content.decode()
    assert done["Location"] == "/desk/"


def test_somebody_elses_passkey_is_no_second_factor(client):
    telephone, _response = add_passkey(client, PersonFactory())
    other = PersonFactory()
    add_passkey(client, other)
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": other.email, "password": PASSWORD})

    options = options_on(client.get(SECOND))["request_options"]
    response = client.post(SECOND, {"credential": telephone.signs(options)})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_answer_of_a_device_works_once(client):
    telephone, _response = add_passkey(client, PersonFactory())
    client.post("/accounts/logout/")
    options = client.get(SIGN_IN, headers={"accept": "application/json"}).json()
    credential = telephone.signs(options["request_options"])

    client.post(SIGN_IN, {"credential": credential})
    client.post("/accounts/logout/")
    response = client.post(SIGN_IN, {"credential": credential})

    assert response["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("handle", ["MQ", "", "x" * 90])
def test_a_passkey_that_nobody_has_signs_in_nobody(client, handle):
    options = client.get(SIGN_IN, headers={"accept": "application/json"}).json()
    telephone = Telephone()
    telephone.site, telephone.owner = "localhost", "MQ"
    credential = json.loads(telephone.signs(options["request_options"]))
    credential["response"]["userHandle"] = handle

    response = client.post(SIGN_IN, {"credential": json.dumps(credential)})

    assert response["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_a_wrong_signature_opens_nothing(client):
    telephone, _response = add_passkey(client, PersonFactory())
    client.post("/accounts/logout/")
    telephone.key = Telephone().key

    response = sign_in_with(client, telephone)

    assert response["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", [SIGN_IN, SECOND, "/accounts/2fa/webauthn/reauthenticate/"])
@pytest.mark.parametrize("credential", ["", "x", "[]", '{"id": 1}', BROKEN])
def test_a_broken_answer_opens_nothing(client, address, credential):
    person = PersonFactory()
    add_passkey(client, person)
    if "reauthenticate" not in address:
        client.post("/accounts/logout/")
        client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    response = client.post(address, {"credential": credential})

    assert response.status_code in {200, 302}
    assert "_auth_user_id" not in client.session or "reauthenticate" in address


def test_a_passkey_of_a_closed_account_opens_nothing(client):
    person = PersonFactory()
    telephone, _response = add_passkey(client, person)
    client.post("/accounts/logout/")
    person.is_active = False
    person.save()

    response = sign_in_with(client, telephone)

    assert response["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_passkey_is_renamed_and_removed(client):
    person = PersonFactory()
    add_passkey(client, person)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk

    renamed = client.post(f"/accounts/2fa/webauthn/keys/{key}/edit/", {"name": "My telephone"})
    page = client.get(renamed["Location"]).content.decode()
    removed = client.post(f"/accounts/2fa/webauthn/keys/{key}/remove/", follow=True)

    assert "My telephone" in page
    assert "The passkey “My telephone” is removed." in removed.content.decode()
    assert not Authenticator.objects.exists()
    assert actions()[-1] == "passkey removed"


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_a_passkey_of_somebody_else_is_hidden(client, act):
    add_passkey(client, PersonFactory())
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    client.force_login(PersonFactory())
    again(client)

    assert client.post(f"/accounts/2fa/webauthn/keys/{key}/{act}/", {}).status_code == 404


def test_staff_keep_their_last_second_factor(client, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    person = PersonFactory(staff=True)
    add_passkey(client, person)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    address = f"/accounts/2fa/webauthn/keys/{key}/remove/"

    refused = client.post(address, follow=True).content.decode()
    give_second_factor(person)
    client.post(address)

    assert "Portal staff need a second factor." in refused
    assert "passkey removed" in actions()
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_the_last_way_to_sign_in_is_not_removed_by_accident(client):
    person = PersonFactory()
    add_passkey(client, person)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": 9_999_999_999, "reauthenticated": True}
    ]
    session.save()
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk

    page = client.get("/accounts/2fa/").content.decode()
    client.post(f"/accounts/2fa/webauthn/keys/{key}/remove/")

    assert "Set a password first." in page
    assert Authenticator.objects.filter(pk=key).exists()


@pytest.mark.parametrize("keys", [1, 3])
def test_the_ways_to_sign_in_cost_the_same_for_any_number(client, keys, django_assert_num_queries):
    person = PersonFactory()
    for _number in range(keys):
        add_passkey(client, person)

    with django_assert_num_queries(3):
        client.get("/accounts/2fa/")


@pytest.mark.parametrize("what", ["webauthn_added", "webauthn_removed", "totp_activated"])
def test_whoever_owns_the_account_is_told_of_a_change_by_mail(what):
    person = PersonFactory(email="head@school.example")

    assert send_account_mail(person_id=person.pk, template=f"mfa/email/{what}")
    assert not send_account_mail(person_id=0, template=f"mfa/email/{what}")

    (sent,) = mail.outbox
    assert sent.to == ["head@school.example"]
    assert "If it was not" in sent.body
