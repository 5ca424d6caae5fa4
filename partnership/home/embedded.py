"""The whole portal in one process: web server, Celery worker and beat, each in its threads.

For the demo alone. The code that runs is production's; only the processes are missing.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import Celery, signals
from celery.beat import Service
from celery.worker import WorkController, state
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

logger = logging.getLogger(__name__)

POOL_SIZE = 2
LOOKS_EVERY = 0.02
STARTED_WITHIN = 20.0
STOPPED_WITHIN = 5.0


class EmbeddedWorker(WorkController):
    """A worker that runs in a thread and says when it takes tasks."""

    def on_before_init(self, **_options: Any) -> None:
        """Begin as one that takes no tasks yet."""
        self.ready = threading.Event()

    def on_start(self) -> None:
        """Let Celery's Django fixup close database connections after each task."""
        signals.worker_init.send(sender=self)
        super().on_start()

    def on_consumer_ready(self, consumer: Any) -> None:
        """Look for tasks often, so that stopping is quick, and say that tasks are taken."""
        drain = consumer.connection.drain_events
        consumer.connection.drain_events = lambda timeout=LOOKS_EVERY: drain(
            timeout=min(timeout, LOOKS_EVERY)
        )
        signals.worker_ready.send(sender=consumer)
        self.ready.set()


@contextmanager
def running_worker(app: Celery) -> Iterator[EmbeddedWorker]:
    """Take tasks until the block ends; what is being done is finished first."""
    state.should_stop = None
    app.conf.broker_transport_options |= {"polling_interval": LOOKS_EVERY}
    worker = EmbeddedWorker(
        app=app,
        hostname=f"embedded@{socket.gethostname()}",
        pool="threads",
        concurrency=POOL_SIZE,
        loglevel="WARNING",
        use_eventloop=False,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    )
    thread = threading.Thread(target=worker.start, name="worker", daemon=True)
    thread.start()
    if not worker.ready.wait(STARTED_WITHIN):
        raise TimeoutError("The worker could not reach the broker.")
    try:
        yield worker
    finally:
        state.should_stop = 0
        thread.join(STOPPED_WITHIN)
        state.should_stop = None


@contextmanager
def running_beat(app: Celery) -> Iterator[Service]:
    """Post the timetable's tasks until the block ends; nothing is kept in a file."""
    beat = Service(
        app, max_interval=0.5, scheduler_cls="celery.beat:Scheduler", remote_control=False
    )
    thread = threading.Thread(target=beat.start, name="beat", daemon=True)
    thread.start()
    try:
        yield beat
    finally:
        beat.stop()
        thread.join(STOPPED_WITHIN)


class LocalServer(ThreadedWSGIServer):
    """Django's threaded server; on Windows a port is never shared."""

    request_queue_size = 64

    def __init__(self, address: tuple[str, int], *, ipv6: bool) -> None:
        super().__init__(
            address, WSGIRequestHandler, ipv6=ipv6, allow_reuse_address=os.name != "nt"
        )

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, which may take seconds."""
        if self.address_family == getattr(socket, "AF_INET6", None):
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name = "localhost"
        self.server_port = self.server_address[1]
        self.setup_environ()


def local_servers(port: int) -> list[LocalServer]:
    """Servers on this machine's own addresses; OSError when the port is taken."""
    servers = [LocalServer(("127.0.0.1", port), ipv6=False)]
    try:
        servers.append(LocalServer(("::1", port), ipv6=True))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            servers[0].server_close()
            raise
        logger.info("No IPv6 here: the portal answers on 127.0.0.1 alone")
    return servers


@contextmanager
def running_web(application: Any, port: int) -> Iterator[None]:
    """Answer on localhost until the block ends."""
    servers = local_servers(port)
    for server in servers:
        server.set_app(application)
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="web", daemon=True
        )
        thread.start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


@contextmanager
def running_portal(celery: Celery, application: Any, port: int) -> Iterator[None]:
    """Web, worker and beat together; all are told to stop at once, so that it takes a second."""
    with running_web(application, port), running_worker(celery), running_beat(celery) as beat:
        try:
            yield
        finally:
            state.should_stop = 0
            beat.stop()
