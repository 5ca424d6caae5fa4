import os
import re
from contextlib import contextmanager

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import sync_playwright

from partnership.notices.services import send_waiting
from tests.conftest import find_chromium
from tests.factories.people import PASSWORD

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize(
    "with_script", [True, False], ids=["script", "no-script"]
)


def pytest_itemcollected(item):
    if item.path.parent.name == "journeys":
        item.add_marker("journey")
        item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def _sync_playwright_beside_django():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def portal(live_server, settings):
    """The running portal; links in its mails lead to it."""
    settings.PORTAL_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    return live_server.url


class Somebody:
    """A person at a browser of her own, who finds things by what they are called."""

    def __init__(self, chromium, portal, *, screen=DESK, with_script=True):
        self.portal = portal
        self.context = chromium.new_context(
            viewport=screen,
            java_script_enabled=with_script,
            locale="en-GB",
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def signs_in(self, person, password=PASSWORD):
        self.opens("/accounts/login/")
        self.fills("E-mail address", person.email)
        self.fills("Password", password)
        self.presses("Sign in")
        return self

    def opens(self, address):
        url = address if address.startswith("http") else f"{self.portal}{address}"
        return self.page.goto(url).status

    @contextmanager
    def before_script(self, name, address):
        """The page as a slow line brings it: its words are there, and this file of it isn't yet."""
        held = []
        self.page.route(f"**/{name}", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks what it calls, and a method of a list can’t be marked
        self.page.goto(f"{self.portal}{address}", wait_until="commit")
        yield
        while not held:
            self.page.wait_for_timeout(10)
        held[0].continue_()
        self.page.wait_for_load_state()
        self.page.unroute(f"**/{name}")

    def fills(self, label, value):
        self.page.get_by_label(label, exact=False).first.fill(value)

    def presses(self, name):
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def follows(self, name):
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def ticks(self, label):
        self.page.get_by_role("checkbox", name=label).check()

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def told(self):
        return self.page.get_by_role("status").first.inner_text()

    @property
    def words(self):
        return self.page.get_by_role("main").inner_text()


@pytest.fixture
def somebody(chromium, portal):
    people = []

    def begin(**facts):
        people.append(Somebody(chromium, portal, **facts))
        return people[-1]

    yield begin
    for person in people:
        person.context.close()


class Mailbox:
    """The mails that the portal sends when a worker looks at the outbox."""

    def fetch(self, now=None):
        before = len(mail.outbox)
        send_waiting(clock=lambda: now or timezone.now())
        return [Letter(sent) for sent in mail.outbox[before:]]


class Letter:
    """A mail as its reader sees it."""

    def __init__(self, sent):
        self.to = sent.to
        self.subject = sent.subject
        self.text = sent.body

    def link(self, containing):
        """The address in the mail that contains these words."""
        (found,) = {
            address for address in re.findall(r"https?://\S+", self.text) if containing in address
        }
        return found


@pytest.fixture
def mailbox():
    mail.outbox.clear()
    return Mailbox()
