"""Every page's CPU against the floor's, its statements and its size."""

import json
import re
import statistics
import sys

from tests.benchmarks.measuring import Client, compressed, cpu_seconds
from tests.benchmarks.pages import pages, posts

WARM_UP = 10
ROUNDS = 3
REQUESTS = 20
FLOOR = "/benchmark-floor/"
SIGNED_IN = (
    "head",
    "director",
    "many_director",
    "supported_head",
    "reviewing",
    "hosting",
    "reviews_director",
)
FIRST_PAGE = "/accounts/login/"
ASSET = re.compile(rb'(?:href|src)="([^"]+\.(?:css|js))"')
FIRST_PAGE_BYTES = 60_000
FIRST_PAGE_FILES = 4
LIST_BYTES = 40_000


def say(line=""):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class NotServed(Exception):
    """A page that doesn't answer as it should."""


class Visits:
    """One page asked again and again; what each request cost."""

    def __init__(self, machine, client, page):
        self.machine = machine
        self.client = client
        self.page = page
        self.seconds = []
        self.in_database = []
        self.number = 0
        self.hidden = {}
        self.known = client.ask(page.path).headers["ETag"] if page.is_known else ""

    def once(self, *, counting=False):
        typed = self._typed()
        answer = self.client.ask(self.page.path, typed, counting=counting, known=self.known)
        self.client.cookies.pop("messages", None)  # the page that follows says and forgets them
        wanted = 304 if self.known else 200 if self.page.form is None else 302
        if answer.status != wanted:
            raise NotServed(f"{answer.status} instead of {wanted}")
        return answer

    def _typed(self):
        """The nth post of a form whose version grows by one each time."""
        form = self.page.form
        if form is None:
            return None
        if not self.number:
            self.hidden = self.client.ask(form.path).hidden
        typed = self.hidden | form.typed(self.number)
        if "seen_version" in typed:
            typed["seen_version"] = int(typed["seen_version"]) + self.number
        self.number += 1
        return typed

    def warm_up(self):
        for _ in range(WARM_UP):
            self.once()

    def round(self):
        web, database = self._cpu()
        for _ in range(REQUESTS):
            self.once()
        web, database = (now - then for now, then in zip(self._cpu(), (web, database), strict=True))
        self.seconds.append((web + database) / REQUESTS)
        self.in_database.append(database / REQUESTS)

    def _cpu(self):
        return cpu_seconds(self.machine.web.pid), cpu_seconds(self.machine.postgres.pid)


def verdict(*kept):
    return "ok" if all(kept) else "MISS"


def measure_pages(machine, schools, *, only=""):
    """A database of so many schools, the web server on it, and one line for each page."""
    machine.new_database(f"schools_{schools}")
    places = json.loads(machine.python("filling", schools))
    machine.portal("collectstatic", "--noinput", "--verbosity", "0")
    stop = machine.start_web()
    say(
        f"\n{schools:,} schools: CPU of gunicorn and PostgreSQL in ms a request, {ROUNDS * REQUESTS}"
    )
    say("requests a page in rounds between the floor's; HTML in bytes.\n")
    address = machine.environment["PORTAL_URL"]
    clients = {who: Client(address, places[who]) for who in SIGNED_IN}
    clients["nobody"] = Client(address)
    shown = [page for page in [*pages(places), *posts(places)] if only in page.name]
    floor = Visits(machine, clients["nobody"], shown[0].floor(FLOOR))
    measured = [Visits(machine, clients[page.who], page) for page in shown]
    say(
        f"{'page':34}{'ms':>7}{'of it DB':>9}{'ratio':>7}{'promise':>9}{'SQL':>5}{'promise':>9}{'HTML':>8}"
    )
    for visits in measured:
        try:
            _measure(floor, visits)
        except NotServed as error:
            say(f"{visits.page.name:34} cannot be measured: {error}")
    say(
        f"{'the floor':34}{1000 * statistics.median(floor.seconds):7.2f}{1000 * statistics.median(floor.in_database):9.2f}{1:7.2f}"
    )
    stop()


def _measure(floor, visits):
    page = visits.page
    answer = visits.once(counting=True)
    queries, size = visits.once(counting=True).queries, len(answer.body)
    visits.warm_up()
    floor.warm_up()
    ratios = []
    for _ in range(ROUNDS):
        floor.round()
        visits.round()
        ratios.append(visits.seconds[-1] / floor.seconds[-1])
    ratio = statistics.median(ratios)
    kept = verdict(
        ratio <= page.ratio, queries <= page.queries, not page.is_list or size <= LIST_BYTES
    )
    database = 1000 * statistics.median(visits.in_database)
    mine = 1000 * statistics.median(visits.seconds)
    say(
        f"{page.name:34}{mine:7.2f}{database:9.2f}{ratio:7.2f}{page.ratio:9}{queries:5}{page.queries:9}{size:8}  {kept}"
    )


def measure_assets(machine):
    """Style sheets and scripts of the page that a visitor sees first, as they travel."""
    stop = machine.start_web()
    client = Client(machine.environment["PORTAL_URL"])
    found = sorted(set(ASSET.findall(client.ask(FIRST_PAGE).body)))
    total = 0
    say("\nCSS and JavaScript of the first page, compressed")
    for path in found:
        size = compressed(client.ask(path.decode()))
        total += size
        say(f"{path.decode():70}{size:8}")
    kept = verdict(total <= FIRST_PAGE_BYTES, len(found) <= FIRST_PAGE_FILES)
    say(
        f"{len(found)} files (at most {FIRST_PAGE_FILES}){total:8} bytes of {FIRST_PAGE_BYTES}  {kept}"
    )
    stop()
