import base64
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from partnership.people.adapter import PortalMFAAdapter
from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/2fa/totp/activate/"
WAYS = "/accounts/2fa/"
SECRET = base64.b32encode(b"twenty bytes of seed").decode()


@pytest.fixture(autouse=True)
def _second_factor_needed(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


def code_of(secret, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_second_factor(person, recovery_codes=False):
    adapter = PortalMFAAdapter()
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": adapter.encrypt(SECRET)}
    )
    if recovery_codes:
        Authenticator.objects.create(
            user=person,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"seed": adapter.encrypt("c" * 40), "used_mask": 0},
        )


def sign_in(client, person):
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})


@pytest.mark.parametrize(
    "path", ["/people/me/", "/invitations/", "/admin/", "/admin/people/person/", "/desk/"]
)
def test_staff_without_a_second_factor_are_led_to_set_one_up(client, path):
    client.force_login(PersonFactory(staff=True))

    response = client.get(path)

    assert (response.status_code, response["Location"]) == (302, WAYS)


def test_a_post_of_staff_without_a_second_factor_does_nothing(client):
    client.force_login(PersonFactory(staff=True))

    response = client.post(
        "/invitations/new/", {"name": "Helen Brierley", "email": "head@school.example"}
    )

    assert response["Location"] == WAYS


def test_staff_without_a_second_factor_are_shown_what_to_set_up(client):
    client.force_login(PersonFactory(staff=True))

    page = client.get(WAYS).content.decode()

    assert "Portal staff sign in with a second factor." in page
    assert SET_UP in page
    assert "/accounts/2fa/webauthn/add/" in page


def test_recovery_codes_alone_are_no_second_factor(client):
    person = PersonFactory(staff=True)
    adapter = PortalMFAAdapter()
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": adapter.encrypt("c" * 40), "used_mask": 0},
    )
    client.force_login(person)

    assert client.get("/admin/")["Location"] == WAYS


def test_staff_without_a_second_factor_may_sign_out(client):
    client.force_login(PersonFactory(staff=True))

    assert client.get("/accounts/logout/").status_code == 200


def test_staff_with_a_second_factor_work_on(client):
    person = PersonFactory(staff=True)
    give_second_factor(person)
    client.force_login(person)

    assert client.get("/admin/").status_code == 200
    assert client.get("/invitations/").status_code == 200


def test_people_who_are_not_staff_need_none(client):
    client.force_login(PersonFactory())

    assert client.get("/people/me/").status_code == 200


def test_the_demo_needs_none(client, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    client.force_login(PersonFactory(staff=True))

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/people/person/"])
def test_the_admin_has_no_sign_in_page_of_its_own(client, path):
    staff = PersonFactory(staff=True)
    typed = {"username": staff.email, "password": PASSWORD, "next": "/admin/"}

    shown = client.get(path, follow=True)
    posted = client.post("/admin/login/", typed)

    assert shown.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert posted["Location"].startswith("/accounts/login/?")
    assert "_auth_user_id" not in client.session


def test_whoever_is_not_staff_is_refused_by_the_admin(client):
    client.force_login(PersonFactory())

    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/people/person/", follow=True).status_code == 403


def test_staff_set_up_codes_and_get_recovery_codes(client):
    person = PersonFactory(staff=True)
    sign_in(client, person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = client.get(SET_UP)
    secret = re.search(r">([A-Z2-7]{32})<", page.content.decode())[1]
    done = client.post(SET_UP, {"code": code_of(secret)}, follow=True)

    assert done.redirect_chain == [("/accounts/2fa/recovery-codes/", 302)]
    assert done.status_code == 200
    stored = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)
    assert client.get("/admin/").status_code == 200


def test_a_password_alone_does_not_sign_in_who_has_a_second_factor(client):
    person = PersonFactory()
    give_second_factor(person)

    response = sign_in(client, person)

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/people/me/")["Location"].startswith("/accounts/login/")


def test_a_code_completes_the_sign_in_and_works_once(client):
    person = PersonFactory()
    give_second_factor(person)
    sign_in(client, person)
    code = code_of(SECRET)

    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    right = client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/logout/")
    sign_in(client, person)
    replayed = client.post("/accounts/2fa/authenticate/", {"code": code})

    assert "This code isn’t right." in wrong.content.decode()
    assert right["Location"] == "/desk/"
    assert replayed.status_code == 200


def test_a_recovery_code_stands_in_for_a_lost_telephone(client):
    person = PersonFactory()
    give_second_factor(person, recovery_codes=True)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    sign_in(client, person)

    response = client.post("/accounts/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})

    assert response["Location"] == "/desk/"


def test_guessing_codes_is_stopped(client):
    person = PersonFactory()
    give_second_factor(person)
    sign_in(client, person)

    for _attempt in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    response = client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_staff_cannot_take_their_second_factor_away_and_others_can(client):
    staff, person = PersonFactory(staff=True), PersonFactory()
    for one in (staff, person):
        give_second_factor(one)
        client.force_login(one)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        client.post("/accounts/2fa/totp/deactivate/")

    assert list(Authenticator.objects.values_list("user_id", flat=True)) == [staff.pk]


def test_a_stored_secret_is_read_again_after_the_portals_key_was_changed(settings):
    old = PortalMFAAdapter().encrypt(SECRET)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"

    assert old != SECRET
    assert PortalMFAAdapter().decrypt(old) == SECRET
