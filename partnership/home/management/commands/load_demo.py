"""Fill an empty database with the demo, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from partnership.home.demo_database import is_demo, mark_as_demo, why_not_demo
from partnership.toolkit.registers import DemoClock, demo_modules


class Command(BaseCommand):
    """Load every room's demo in one transaction: an interrupted load leaves nothing behind."""

    help = "Fills an empty database with the demo, once."

    def handle(self, **_options: Any) -> None:
        """Refuse a database that is somebody's own; do nothing where the demo is loaded."""
        if is_demo():
            self.stdout.write("The demo is loaded already.")
            return
        if reason := why_not_demo():
            raise CommandError(reason)
        now = timezone.now()
        clock = DemoClock(now=timezone.localtime(now), say=self.say)
        with transaction.atomic():
            for module in demo_modules():
                module.load(clock)
            mark_as_demo(now=now)

    def say(self, line: str) -> None:
        """One line of progress, at once."""
        self.stdout.write(f"  {line}")
        self.stdout.flush()
