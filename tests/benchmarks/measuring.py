"""CPU of process trees, and a client that keeps cookies."""

import gzip
import http.client
import re
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil

NANO = 1_000_000_000
HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def running_seconds(process):
    """Exact CPU of one process so far, by the scheduler's own count."""
    return int(Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]) / NANO


def cpu_seconds(*roots):
    """CPU of these processes and all below them, those that ended meanwhile included."""
    total = 0.0
    for root in map(psutil.Process, roots):
        ended = root.cpu_times()
        total += ended.children_user + ended.children_system + running_seconds(root)
        for child in root.children(recursive=True):
            try:
                total += running_seconds(child)
            except (OSError, psutil.Error):
                continue
    return total


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def queries(self):
        return int(self.headers["X-Queries"])

    @property
    def hidden(self):
        """The hidden fields of the page's forms: tokens, versions."""
        return {name.decode(): value.decode() for name, value in HIDDEN.findall(self.body)}


class Client:
    """Somebody signed in, by the session that the filling made."""

    def __init__(self, address, session=""):
        self.host = urlsplit(address).netloc
        self.cookies = {"sessionid": session} if session else {}

    def ask(self, path, form=None, *, counting=False, known=""):
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if known:
            headers["If-None-Match"] = known
        if counting:
            headers["X-Count-Queries"] = "yes"
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self.host}"
        connection = http.client.HTTPConnection(self.host, timeout=120)
        body = urlencode(form, doseq=True) if form is not None else None
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(answer.status, answer.headers, content)


def compressed(answer):
    """The bytes that travel, whether the server compressed them or its proxy will."""
    if answer.headers.get("Content-Encoding"):
        return len(answer.body)
    return len(gzip.compress(answer.body, 6))
