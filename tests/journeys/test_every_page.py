from math import ceil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.site.access_table import ACCESS, ARGUMENTS, OK, ROLES
from tests.site.world import make_world

RICHEST_FIRST = ("officer", "director", "lead", "head", "stranger", "visitor")
FOR_EVERY_ROLE = {"home:desk", "home:front", "hubs:workhub_list", "meetings:meeting_list"}
FOR_WHO_TAKES_PART = {
    "calendar:diary",
    "calendar:feed_list",
    "hubs:workhub_detail",
    "meetings:meeting_detail",
}
PAGES_WITHOUT_A_NAME = {"visitor": ["/nowhere/"], "head": ["/nowhere/", "/style/"]}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCRIPT = Axe().axe_script
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
FAULTS = "rules => axe.run(rules).then(found => found.violations)"
PAGES_AT_ONCE = 32
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]


def client_of(world, role):
    client = Client()
    if role != "visitor":
        client.force_login(world.people[role])
    return client


def roles_for(name):
    """Whose browser looks at a page: the role that sees the most of it, or several."""
    allowed = [role for role in RICHEST_FIRST if ACCESS[name][ROLES.index(role)] == OK]
    if name in FOR_EVERY_ROLE:
        return allowed
    return allowed[:4] if name in FOR_WHO_TAKES_PART else allowed[:1]


def shares():
    """Each role with some of the pages it looks at, so that no core waits for another."""
    for role in RICHEST_FIRST:
        names = [name for name in sorted(ACCESS) if role in roles_for(name)]
        names += PAGES_WITHOUT_A_NAME.get(role, [])
        parts = ceil(len(names) / PAGES_AT_ONCE)
        for part in range(parts):
            yield pytest.param(role, names[part::parts], id=f"{role}-{part + 1}")


def pages_of(world, role, names, client):
    """Every address that shows this role a page of its own."""
    pages = [name for name in names if name.startswith("/")]
    for name in names:
        if name in pages:
            continue
        arguments = ARGUMENTS.get(name, lambda _world, _things: [])
        address = reverse(name, args=arguments(world, world.own.things))
        answer = client.get(address)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if is_page and answer.status_code in {200, 410}:
            pages.append(address)
        answer.close()
    return pages


class Look:
    """One page in one browser, and all that is wrong with it."""

    def __init__(self, browser, portal):
        self.page = browser.page
        self.portal = portal
        self.console, self.foreign = [], []
        self.page.on("console", self.note_console)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", self.note_request)

    def note_console(self, message):
        """Chromium itself says that a 403 or 404 page is one."""
        if message.type in {"error", "warning"} and "the server responded with" not in message.text:
            self.console.append(message.text)

    def note_request(self, request):
        where = urlsplit(request.url)
        if where.scheme != "data" and where.netloc != urlsplit(self.portal).netloc:
            self.foreign.append(request.url)

    def lasting(self, question, *told):
        """The answer, asked again when Chromium may not have painted the new look yet."""
        self.page.evaluate(PAINTED)
        found = self.page.evaluate(question, *told)
        if found:
            self.page.wait_for_timeout(500)
            found = self.page.evaluate(question, *told)
        return found

    def faults(self, address):
        self.page.goto(f"{self.portal}{address}")
        self.page.evaluate(SCRIPT)
        found = []
        if (headings := self.page.get_by_role("heading", level=1).count()) != 1:
            found.append(f"{address}: {headings} first headings")
        for scheme, width in LOOKS:
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": 900})
            where = f"{address} in {scheme} at {width}"
            if self.lasting(SIDEWAYS):
                found.append(f"{where}: scrolls sideways")
            for fault in self.lasting(FAULTS, RULES):
                nodes = [node["html"][:160] for node in fault["nodes"][:3]]
                found.append(f"{where}: {fault['id']}: {fault['help']}: {nodes}")
        found += [f"{address}: console: {line}" for line in self.console]
        found += [f"{address}: asks {url}" for url in self.foreign]
        self.console.clear()
        self.foreign.clear()
        return found


@pytest.mark.parametrize(("role", "names"), list(shares()))
def test_every_page_is_open_to_everybody_however_they_look_at_it(somebody, portal, role, names):
    world = make_world()
    client = client_of(world, role)
    pages = pages_of(world, role, names, client)
    browser = somebody()
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        if name in client.cookies:
            cookie = {"name": name, "value": client.cookies[name].value, "url": portal}
            browser.context.add_cookies([cookie])
    look = Look(browser, portal)

    faults = [fault for address in pages for fault in look.faults(address)]

    assert pages
    assert faults == []
