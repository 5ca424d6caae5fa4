import html
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from partnership.audit.models import Event
from partnership.people.models import Person
from partnership.people.provider import ProvenAccount
from partnership.people.services import connect_account, deactivate
from tests.factories.people import PASSWORD, PersonFactory
from tests.oidc_stub import Stub
from tests.partnership.people.test_second_factor import give_second_factor

pytestmark = pytest.mark.django_db

GO = "/accounts/with/dfe/"
CONNECT = "/people/me/accounts/connect/"
OURS, ANOTHER = "11111111-aaaa-4aaa-8aaa-111111111111", "22222222-bbbb-4bbb-8bbb-222222222222"
PATIENCE = 60  # a busy machine may let the stub wait


@pytest.fixture(scope="module")
def running_stub():
    stub = Stub()
    yield stub
    stub.stop()


@pytest.fixture
def stub(running_stub, settings):
    running_stub.claims = {"sub": "helen-1", "email": "head@school.example"}
    running_stub.lies, running_stub.issuer_said = {}, None
    running_stub.signs_with = running_stub.key
    settings.SIGN_IN_PROVIDERS = [running_stub.settings()]
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = PATIENCE
    return running_stub


def asks(client, address=GO, **typed):
    """Where the portal sends her."""
    page = client.post(address, {"process": "login", **typed})
    found = re.search(r'content="0;url=([^"]+)"', page.content.decode())
    return html.unescape(found[1])


def answers(client, there):
    """She is at the provider, which sends her back."""
    back = requests.get(there, allow_redirects=False, timeout=PATIENCE).headers["Location"]
    where = urlsplit(back)
    return client.get(f"{where.path}?{where.query}")


def goes(client, address=GO, **typed):
    return answers(client, asks(client, address, **typed))


def connected(person, uid="helen-1", provider="dfe"):
    account = ProvenAccount(provider, uid, "head@school.example")
    return connect_account(person=person, account=account, now=person.created_at)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_connected_account_signs_in(client, stub):
    connected(PersonFactory())

    response = goes(client, next="/people/me/")

    assert response["Location"] == "/people/me/"
    assert is_signed_in(client)
    assert client.session.get_expire_at_browser_close()


def test_the_portal_asks_with_state_nonce_and_proof_key_and_comes_back_to_itself(client, stub):
    there = asks(client)

    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/accounts/with/dfe/back/"


def test_nothing_is_asked_that_the_address_suggests(client, stub):
    there = asks(client, f"{GO}?scope=everything&auth_params=nonce%3Dmine%26prompt%3Dnone")

    asked = parse_qs(urlsplit(there).query)
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
    assert asked["nonce"] != ["mine"]
    assert "prompt" not in asked


@pytest.mark.parametrize("process", ["login", "redirect"])
@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_provider_never_leads_to_another_site(client, stub, process, address):
    connected(PersonFactory())

    response = goes(client, process=process, next=address)

    assert response["Location"] in {"/", "/desk/"}


def test_a_stranger_is_never_signed_up(client, stub):
    stub.claims = {"sub": "nobody", "email": "new@school.example", "email_verified": True}

    response = goes(client)
    page = client.get(response["Location"]).content.decode()

    assert response["Location"] == "/accounts/login/"
    assert "Nobody here has connected this DfE Sign-in account." in page
    assert not is_signed_in(client)
    assert not Person.objects.exists()
    assert not SocialAccount.objects.exists()


def test_an_address_that_the_provider_claims_opens_nobodys_account(client, stub):
    PersonFactory(email="head@school.example")
    stub.claims["email_verified"] = True

    goes(client)

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-portal"},
        {"nonce": "of-another-question"},
        {"nonce": None},
        {"sub": None},
        {"exp": int(time.time()) - 3600},
    ],
    ids=["issuer", "audience", "nonce", "no-nonce", "no-subject", "expired"],
)
def test_a_token_that_lies_signs_in_nobody(client, stub, lies):
    connected(PersonFactory())
    stub.lies = lies

    response = goes(client)

    assert response["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


def test_a_token_signed_by_another_key_signs_in_nobody(client, stub):
    connected(PersonFactory())
    stub.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    goes(client)

    assert not is_signed_in(client)


@pytest.mark.parametrize("query", ["", "code=x", "code=x&state=made-up", "error=access_denied"])
def test_an_answer_to_nothing_that_was_asked_signs_in_nobody(client, stub, query):
    asks(client)

    response = client.get(f"{GO}back/?{query}")

    assert response["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


def test_an_answer_in_another_browser_signs_in_nobody(client, stub):
    connected(PersonFactory())
    there = asks(client)
    client.cookies.clear()

    answers(client, there)

    assert not is_signed_in(client)


def test_an_answer_works_once(client, stub):
    connected(PersonFactory())
    there = asks(client)
    back = requests.get(there, allow_redirects=False, timeout=PATIENCE).headers["Location"]
    client.get(back)
    client.post("/accounts/logout/")

    client.get(back)

    assert not is_signed_in(client)


def test_somebody_who_says_no_there_is_told_so_here(client, stub):
    state = parse_qs(urlsplit(asks(client)).query)["state"][0]

    response = client.get(f"{GO}back/?error=access_denied&state={state}", follow=True)

    assert "DfE Sign-in did not confirm who you are." in response.content.decode()


def test_a_provider_that_is_away_is_said_in_a_sentence(client, stub, settings):
    settings.SIGN_IN_PROVIDERS = [stub.settings(server="http://127.0.0.1:9")]

    response = client.post(GO, {"process": "login"}, follow=True)

    assert "DfE Sign-in did not confirm who you are." in response.content.decode()


def microsoft(stub, tenants):
    stub.issuer_said = f"{stub.url}/{{tenantid}}/v2.0"
    stub.claims = {
        "sub": "for-this-portal-alone",
        "tid": OURS,
        "oid": "helen-o",
        "email": "head@school.example",
        "preferred_username": "helen@school.example",
        "iss": f"{stub.url}/{OURS}/v2.0",
    }
    return [stub.settings(id="microsoft", name="Microsoft", tenants=tenants)]


def test_microsoft_is_matched_by_tenant_and_object(client, stub, settings):
    settings.SIGN_IN_PROVIDERS = microsoft(stub, [OURS, ANOTHER])
    connected(PersonFactory(), f"{OURS}:helen-o", "microsoft")

    goes(client, "/accounts/with/microsoft/")

    assert is_signed_in(client)


@pytest.mark.parametrize(
    "lies",
    [
        {"tid": ANOTHER, "iss": "{url}/" + ANOTHER + "/v2.0"},
        {"tid": ANOTHER},
        {"oid": "somebody-else"},
        {"oid": None},
        {"tid": None},
    ],
    ids=["another-tenant", "tenant-of-another-issuer", "another-object", "no-object", "no-tenant"],
)
def test_microsoft_in_another_tenant_or_of_another_object_signs_in_nobody(
    client, stub, settings, lies
):
    settings.SIGN_IN_PROVIDERS = microsoft(stub, [OURS])
    connected(PersonFactory(), f"{OURS}:helen-o", "microsoft")
    stub.lies = {name: value and value.replace("{url}", stub.url) for name, value in lies.items()}

    goes(client, "/accounts/with/microsoft/")

    assert not is_signed_in(client)


def test_an_account_elsewhere_is_no_second_factor(client, stub):
    person = PersonFactory()
    give_second_factor(person)
    connected(person)

    response = goes(client)

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)


def test_an_account_elsewhere_of_a_closed_account_opens_nothing(client, stub):
    person = PersonFactory()
    connected(person)
    Person.objects.update(is_active=False)

    assert goes(client)["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)


def test_closing_an_account_disconnects_what_opened_it(stub):
    person = PersonFactory()
    connected(person)

    deactivate(person=person, by=PersonFactory(staff=True), now=person.created_at)

    assert not SocialAccount.objects.exists()


def again(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_a_person_connects_an_account_from_her_own_page(client, stub):
    person = PersonFactory()
    client.force_login(person)
    again(client)

    response = goes(client, process="redirect", next=CONNECT)
    asked = client.get(response["Location"]).content.decode()
    done = client.post(CONNECT, follow=True).content.decode()
    client.post("/accounts/logout/")
    goes(client)

    assert response["Location"] == CONNECT
    assert "head@school.example" in asked
    assert "You may now sign in with DfE Sign-in." in done
    assert is_signed_in(client)
    account = SocialAccount.objects.get()
    assert (account.user_id, account.uid) == (person.pk, "helen-1")
    assert account.extra_data == {"label": "head@school.example"}
    event = Event.objects.get()
    assert (event.action, event.values) == ("account connected", {"provider": "dfe"})


def test_an_account_is_connected_only_after_a_proof_and_once(client, stub):
    client.force_login(PersonFactory())
    again(client)

    before = client.post(CONNECT, follow=True).content.decode()
    goes(client, process="redirect", next=CONNECT)
    client.post(CONNECT)
    SocialAccount.objects.all().delete()
    client.post(CONNECT)

    assert "Choose the account once more." in before
    assert not SocialAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_connected_twice(client, stub):
    connected(PersonFactory())
    other = PersonFactory()
    client.force_login(other)
    again(client)
    goes(client, process="redirect", next=CONNECT)

    page = client.post(CONNECT, follow=True).content.decode()

    assert "That account opens somebody else’s here." in page
    assert not SocialAccount.objects.filter(user=other).exists()


def test_nothing_is_connected_without_a_question(client, stub):
    client.force_login(PersonFactory())
    again(client)

    goes(client, process="connect")

    assert not SocialAccount.objects.exists()


def test_an_account_is_disconnected_unless_it_is_the_last_way(client, stub):
    person = PersonFactory()
    account = connected(person)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    address = f"/people/me/accounts/{account.pk}/disconnect/"

    kept = client.post(address, follow=True).content.decode()
    person.set_password(PASSWORD)
    person.save()
    client.force_login(person)
    again(client)
    gone = client.post(address, follow=True).content.decode()

    assert "Set a password first." in kept
    assert "DfE Sign-in opens your account no longer." in gone
    assert not SocialAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_there(client, stub):
    account = connected(PersonFactory())
    client.force_login(PersonFactory())
    again(client)

    response = client.post(f"/people/me/accounts/{account.pk}/disconnect/")

    assert response.status_code == 404
    assert SocialAccount.objects.exists()


def test_providers_are_offered_only_when_they_are_set_up(client, stub, settings):
    offered = client.get("/accounts/login/").content.decode()
    settings.SIGN_IN_PROVIDERS = []
    none = client.get("/accounts/login/").content.decode()

    assert GO in offered
    assert "/accounts/with/" not in none
    assert client.post(GO).status_code == 404
    assert client.get(f"{GO}back/").status_code == 404


def test_going_to_a_provider_takes_a_post(client, stub):
    assert client.get(GO).status_code == 405
