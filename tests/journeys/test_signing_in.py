from axe_playwright_python.sync_playwright import Axe

from tests.factories.people import PASSWORD, PersonFactory
from tests.journeys.conftest import PHONE
from tests.journeys.test_every_page import RULES


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
