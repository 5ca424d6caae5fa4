"""Plan and send what is due, by hand: the same services that beat calls."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnership.notices.services import plan_digests, plan_reminders, send_waiting


class Command(BaseCommand):
    """`send_reminders [--at MOMENT]`."""

    help = "Plan the reminders that are due and send what waits in the outbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", help='as if it were that moment, say "2027-01-12T09:00"')

    def handle(self, *args: Any, **options: Any) -> None:
        moment = self._moment(options["at"])
        reminders = plan_reminders(now=moment or timezone.now())
        digests = plan_digests(now=moment or timezone.now())
        counts = send_waiting(clock=(lambda: moment) if moment else timezone.now)
        self.stdout.write(
            f"{reminders} reminders and {digests} digests planned; "
            f"{counts['sent']} sent, {counts['dropped']} no longer needed, "
            f"{counts['failed']} failed, {counts['later']} to be tried later"
        )

    def _moment(self, text: str | None) -> datetime | None:
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError('Say the moment like "2027-01-12T09:00".') from error
        return moment if moment.tzinfo else timezone.make_aware(moment)
