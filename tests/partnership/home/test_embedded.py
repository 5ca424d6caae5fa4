import socket
import threading
import time
import urllib.request

import pytest

from partnership.celery import app
from partnership.home.embedded import local_servers, running_portal


def hello(_environment, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def celery():
    schedule = app.conf.beat_schedule
    yield app
    app.conf.beat_schedule = schedule
    app.tasks.unregister("tests.tick")


def test_web_worker_and_beat_run_in_one_process_and_stop_at_once(celery, port):
    ticked = threading.Event()

    @celery.task(name="tests.tick")
    def tick():
        ticked.set()

    celery.conf.beat_schedule = {"tick": {"task": "tests.tick", "schedule": 0.1}}

    with running_portal(celery, hello, port):
        answer = urllib.request.urlopen(f"http://localhost:{port}/").read()
        has_ticked = ticked.wait(30)
        stopped_from = time.monotonic()

    assert answer == b"hello"
    assert has_ticked
    assert time.monotonic() - stopped_from < 3
    assert [thread.name for thread in threading.enumerate() if thread.name in {"beat", "web"}] == []
    for server in local_servers(port):
        server.server_close()


@pytest.mark.parametrize(
    ("family", "address"),
    [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")],
    ids=["IPv4", "IPv6"],
)
def test_taken_port_is_refused(port, family, address):
    if family == socket.AF_INET6 and not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with socket.socket(family) as other:
        other.bind((address, port))
        other.listen()

        with pytest.raises(OSError, match="in use"):
            local_servers(port)
