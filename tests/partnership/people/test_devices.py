import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from partnership.audit.models import Event
from partnership.people.devices import device_words
from tests.factories.people import PASSWORD, PersonFactory
from tests.partnership.people.test_passkeys import add_passkey_in

pytestmark = pytest.mark.django_db

DEVICES = "/people/me/devices/"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)
LAPTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


def signed_in(person, user_agent=LAPTOP):
    client = Client(headers={"user-agent": user_agent})
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get(DEVICES).status_code == 200
    return client


def is_out(client):
    return client.get(DEVICES).status_code == 302


def test_the_devices_are_shown_by_what_they_are():
    person = PersonFactory()
    here = signed_in(person)
    signed_in(person, PHONE)
    signed_in(PersonFactory(), "Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36")

    page = here.get(DEVICES).content.decode()

    assert "Edge on Windows" in page
    assert "Safari on iPhone" in page
    assert "Chromebook" not in page


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Safari on iPhone"),
        (LAPTOP, "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:140.0) Firefox/140.0", "Firefox on Mac"),
        ("curl/8.0", "A device that doesn’t say what it is"),
        ("", "A device that doesn’t say what it is"),
    ],
)
def test_a_device_is_named_in_plain_words(user_agent, words):
    assert device_words(user_agent) == words


def test_one_device_is_signed_out_at_once():
    person = PersonFactory()
    here, there, elsewhere = (signed_in(person) for _device in range(3))
    session = UserSession.objects.get(session_key=there.session.session_key)

    response = here.post(f"{DEVICES}{session.pk}/sign-out/", follow=True)

    assert "Edge on Windows: signed out." in response.content.decode()
    assert [is_out(client) for client in (here, there, elsewhere)] == [False, True, False]
    assert Event.objects.get().action == "device signed out"


def test_everything_else_is_signed_out_in_one_go():
    person, other = PersonFactory(), PersonFactory()
    here, there, elsewhere = (signed_in(person) for _device in range(3))
    hers = signed_in(other)

    here.post(f"{DEVICES}sign-out/")

    assert [is_out(client) for client in (here, there, elsewhere, hers)] == [
        False,
        True,
        True,
        False,
    ]
    assert "You are signed in nowhere else." in here.get(DEVICES).content.decode()


def test_a_device_of_somebody_else_and_the_one_at_hand_are_not_there():
    here, other = signed_in(PersonFactory()), signed_in(PersonFactory())

    for client in (here, other):
        session = UserSession.objects.get(session_key=client.session.session_key)
        assert here.post(f"{DEVICES}{session.pk}/sign-out/").status_code == 404
    assert not is_out(other)


def test_a_new_password_signs_out_every_other_device():
    person = PersonFactory()
    here, there = signed_in(person), signed_in(person)
    new = {"password1": "three other plain words", "password2": "three other plain words"}

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})

    assert [is_out(here), is_out(there)] == [False, True]
    page = here.get(DEVICES).content.decode()
    assert "You are signed in nowhere else." in page


def test_a_first_second_factor_signs_out_sessions_that_have_not_shown_it(settings):
    settings.PORTAL_URL = "http://localhost"
    person = PersonFactory()
    there, here = signed_in(person), signed_in(person)

    add_passkey_in(here)

    assert [is_out(here), is_out(there)] == [False, True]


def test_a_session_that_is_over_is_not_shown():
    person = PersonFactory()
    here, there = signed_in(person), signed_in(person, PHONE)

    there.post("/accounts/logout/")

    assert "Safari on iPhone" not in here.get(DEVICES).content.decode()


@pytest.mark.parametrize("devices", [1, 3])
def test_the_devices_cost_the_same_for_any_number(devices, django_assert_num_queries):
    person = PersonFactory()
    here = signed_in(person)
    for _device in range(devices):
        signed_in(person, PHONE)

    with django_assert_num_queries(2):
        here.get(DEVICES)


@pytest.mark.parametrize("path", ["sign-out/", "1/sign-out/"])
def test_signing_out_takes_a_post(path):
    assert signed_in(PersonFactory()).get(f"{DEVICES}{path}").status_code == 405
