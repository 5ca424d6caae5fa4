"""Print the README's table of duties, made from the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnership.notices.timing import Timing, goes_up_words, our_timing
from partnership.toolkit.registers import DutyKind, duty_kinds

HEAD = (
    "| duty | due | reminded | goes up | waits for a school day |",
    "|---|---|---|---|---|",
)


AFTERWARDS = (
    "",
    "These are the portal’s days. In its own matters an alliance may set others: see “Reminders” on its page.",
)


def duties_table() -> str:
    """Every kind of duty with our days, as a table in Markdown."""
    kinds = sorted(duty_kinds().values(), key=lambda kind: kind.words)
    return "\n".join([*HEAD, *(_row(kind, our_timing(kind)) for kind in kinds), *AFTERWARDS])


def _row(kind: DutyKind, timing: Timing) -> str:
    waits = "yes" if timing.waits_for_school else "no"
    cells = (kind.words, kind.due, timing.reminded, goes_up_words(kind, timing), waits)
    return f"| {' | '.join(cells)} |"


class Command(BaseCommand):
    """`duties_table`."""

    help = "Print the README's table of duties."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(duties_table())
