import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from celery import current_app
from django.core import mail

from tests.factories.people import PASSWORD, PersonFactory
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.test_every_page import RULES
from tests.oidc_stub import Stub


@pytest.fixture
def _prompt_worker(monkeypatch):
    """A worker that does at once what pages leave to it."""

    current_app.loader.import_default_modules()

    def work(name, args, **_options):
        current_app.tasks[name](*args)

    monkeypatch.setattr(current_app, "send_task", work)


@pytest.fixture
def dfe(settings):
    """A provider on this machine in the place of DfE Sign-in."""
    stub = Stub()
    settings.SIGN_IN_PROVIDERS = [stub.settings()]
    yield stub
    stub.stop()


def with_passkeys(somebody):
    """Give a browser a device that holds passkeys and knows its owner's finger."""
    device = somebody.context.new_cdp_session(somebody.page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return somebody


def faults(somebody):
    return [fault["id"] for fault in Axe().run(somebody.page, options=RULES).response["violations"]]


def signs_out(somebody):
    somebody.opens("/accounts/logout/")
    somebody.presses("Sign out")


def test_a_head_signs_in_by_a_passkey_on_her_phone(somebody):
    head = PersonFactory(name="Anna Kershaw")
    browser = with_passkeys(somebody(screen=PHONE)).signs_in(head)

    browser.opens("/accounts/2fa/")
    browser.follows("Add a passkey")
    browser.fills("Password", PASSWORD)
    browser.presses("Go on")
    wrong = faults(browser)
    browser.fills("Name of the passkey", "My telephone")
    browser.presses("Make the passkey")
    browser.page.get_by_role("heading", name="Recovery codes").wait_for()
    browser.opens("/accounts/2fa/")
    ways, wrong = browser.words, wrong + faults(browser)
    signs_out(browser)
    browser.opens("/accounts/login/?next=/people/me/")
    wrong += faults(browser)
    browser.presses("Use a passkey")
    browser.page.get_by_role("heading", name="My details").wait_for()

    assert "My telephone" in ways
    assert "10 left" in ways
    assert wrong == []


def test_staff_are_let_into_the_admin_by_password_and_passkey_only(somebody, settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    officer = PersonFactory(name="Ola Officer", staff=True)
    browser = with_passkeys(somebody()).signs_in(officer)

    browser.opens("/admin/")
    asked = browser.words
    browser.follows("Add a passkey")
    browser.fills("Password", PASSWORD)
    browser.presses("Go on")
    browser.presses("Make the passkey")
    browser.page.get_by_role("heading", name="Recovery codes").wait_for()
    signs_out(browser)
    browser.signs_in(officer)
    step = browser.heading
    wrong = faults(browser)
    browser.presses("Use your passkey")
    browser.page.wait_for_url("**/desk/")
    browser.opens("/admin/people/person/")
    inside = browser.page.get_by_role("heading", level=1).inner_text()

    assert "Portal staff sign in with a second factor." in asked
    assert step == "One more step"
    assert inside == "Select person to change"
    assert wrong == []


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.usefixtures("_prompt_worker")
def test_a_head_who_forgot_her_password_signs_in_with_a_code_by_mail(somebody, with_script):
    head = PersonFactory(name="Anna Kershaw")
    browser = somebody(screen=PHONE, with_script=with_script)

    browser.opens("/accounts/login/")
    browser.follows("Send me a code")
    browser.fills("E-mail address", head.email)
    browser.presses("Send me the code")
    asked = browser.words
    wrong = faults(browser) if with_script else []
    (letter,) = mail.outbox
    browser.fills("Code", re.search(r"code: (\S+)", letter.body)[1])
    browser.presses("Sign in")
    browser.page.wait_for_url("**/desk/")

    assert letter.to == [head.email]
    assert f"If the portal knows {head.email}" in asked
    assert wrong == []


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_connects_her_dfe_account_and_signs_in_with_it(somebody, dfe, with_script):
    head = PersonFactory(name="Anna Kershaw")
    browser = somebody(with_script=with_script).signs_in(head)

    browser.opens("/accounts/2fa/")
    browser.presses("DfE Sign-in")
    browser.page.get_by_label("Password").wait_for()
    browser.fills("Password", PASSWORD)
    browser.presses("Go on")
    asked = browser.words
    wrong = faults(browser) if with_script else []
    browser.presses("Connect it")
    told = browser.told
    wrong += faults(browser) if with_script else []
    signs_out(browser)
    browser.opens("/accounts/login/")
    wrong += faults(browser) if with_script else []
    browser.presses("DfE Sign-in")
    browser.page.wait_for_url("**/desk/")

    assert "as head@school.example" in asked
    assert told == "You may now sign in with DfE Sign-in."
    assert wrong == []


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_signs_out_the_office_computer_from_her_phone(somebody, with_script):
    head = PersonFactory(name="Anna Kershaw")
    office = somebody(with_script=with_script).signs_in(head)
    phone = somebody(screen=PHONE, with_script=with_script).signs_in(head)

    phone.opens("/people/me/")
    phone.follows("See where you are signed in")
    wrong = faults(phone) if with_script else []
    phone.presses("Sign out everywhere else")
    told = phone.told
    office.opens("/desk/")

    assert told == "You are signed out everywhere but here."
    assert office.heading == "Sign in"
    assert wrong == []


@pytest.mark.usefixtures("_prompt_worker")
def test_a_head_changes_the_address_she_signs_in_with(somebody):
    head = PersonFactory(name="Anna Kershaw", email="anna@delph.example")
    browser = somebody().signs_in(head)

    browser.opens("/people/me/")
    wrong = faults(browser)
    browser.follows("change it")
    browser.fills("Password", PASSWORD)
    browser.presses("Go on")
    wrong += faults(browser)
    browser.fills("New e-mail address", "anna@diggle.example")
    browser.presses("Send me the link")
    wrong += faults(browser)
    (letter,) = mail.outbox
    browser.opens(re.search(r"http://\S+/people/me/address/\S+", letter.body)[0])
    wrong += faults(browser)
    browser.presses("Use this address")
    told = browser.told
    signs_out(browser)
    head.email = "anna@diggle.example"
    browser.signs_in(head)
    browser.page.wait_for_url("**/desk/")

    assert told == "You sign in with anna@diggle.example from now on."
    assert [sent.to for sent in mail.outbox] == [["anna@diggle.example"], ["anna@delph.example"]]
    assert wrong == []
