"""The demo's directory: 120 practitioners of two alliances with a year of ledger lines, and offers."""

from __future__ import annotations

from django.db import transaction

from partnership.toolkit.registers import DemoClock
from support.directory.demo.offers import tell_offers
from support.directory.demo.telling import DirectoryTeller


@transaction.atomic
def load(clock: DemoClock) -> None:
    """Rules and lists, entries with their heads' consent, days promised and delivered, offers."""
    teller = DirectoryTeller(clock)
    count = teller.tell()
    tell_offers(clock)
    clock.say(f"{count} practitioners in two directories of support")
