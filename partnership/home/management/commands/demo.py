"""The whole portal on this machine, with real schools and invented people."""

from __future__ import annotations

import signal
import time
import webbrowser
from argparse import ArgumentParser
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from partnership.celery import app
from partnership.home.demo_database import empty_demo, is_demo, why_not_demo
from partnership.home.embedded import local_servers, running_portal
from partnership.home.tasks import record_beat_now
from partnership.people.demo import DEMO_SIGN_INS


class Command(BaseCommand):
    """Prepare the demo's database once, then run web, worker and beat until it is stopped."""

    help = "Runs the whole portal on this machine, with real schools and invented people."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port, the browser and a fresh start."""
        parser.add_argument("--port", type=int, default=8000, help="8000 if you don’t say.")
        parser.add_argument("--no-browser", action="store_true", help="Open no browser.")
        parser.add_argument("--fresh", action="store_true", help="Load the demo anew.")

    def handle(self, *, port: int, no_browser: bool, fresh: bool, **_options: Any) -> None:
        """Stop cleanly on Ctrl-C and SIGTERM, whatever is being done."""
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        try:
            self.prepare(port=port, fresh=fresh)
            with running_portal(app, get_wsgi_application(), port):
                record_beat_now.delay()
                self.welcome(port)
                if not no_browser:
                    webbrowser.open(settings.PORTAL_URL)
                while True:
                    time.sleep(3600)
        except KeyboardInterrupt:
            with suppress(BrokenPipeError):
                self.stdout.write("\nStopped.")

    def prepare(self, *, port: int, fresh: bool) -> None:
        """A free port and a loaded demo, or a sentence that says what is wrong."""
        if not settings.DEMO:
            raise CommandError("Start the demo with python3 manage.py demo.")
        refuse_taken_port(port)
        if reason := why_not_demo():
            raise CommandError(reason)
        if fresh and is_demo():
            empty_demo()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        if not is_demo():
            self.stdout.write("Loading the demo (once)")
            call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
            app.control.purge()  # each service asked for the outbox to be sent; once will do
            app.send_task("notices.send_waiting")

    def welcome(self, port: int) -> None:
        """Where the portal answers, and who can sign in."""
        wide = max(len(sign_in.email) for sign_in in DEMO_SIGN_INS)
        named = max(len(sign_in.name) for sign_in in DEMO_SIGN_INS)
        self.stdout.write(f"\nReady at http://localhost:{port}/\n\nSign in as:\n")
        for one in DEMO_SIGN_INS:
            self.stdout.write(f"  {one.email:<{wide}}  {one.name:<{named}}  {one.part}")
        self.stdout.write(f"\nEverybody’s password: {settings.DEMO_PASSWORD}")
        self.stdout.write(f"Mails are written to {settings.EMAIL_FILE_PATH}")
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()


def stop(_number: int, _frame: FrameType | None) -> None:
    """End what runs, once: a second signal must not break the stop that the first began."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def refuse_taken_port(port: int) -> None:
    """Stop early, in words, when something else answers at the port."""
    try:
        servers = local_servers(port)
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"Port {port} can’t be used here; something else may be running on it. "
            "Choose another, say python3 manage.py demo --port 8090"
        ) from error
    for server in servers:
        server.server_close()
