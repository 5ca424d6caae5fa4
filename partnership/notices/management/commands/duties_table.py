"""Print the README's table of duties, made from the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnership.toolkit.registers import DutyKind, duty_kinds

HEAD = (
    "| duty | due | reminded | goes up | waits for a school day |",
    "|---|---|---|---|---|",
)


def _day(offset: int) -> str:
    if offset == 0:
        return "when due"
    days = f"{abs(offset)} day" + ("" if abs(offset) == 1 else "s")
    return f"{days} before" if offset < 0 else f"{days} after"


def _goes_up(kind: DutyKind) -> str:
    if kind.goes_up_after is None:
        return "no"
    return f"{_day(kind.goes_up_after)}, to {kind.goes_up_to}"


def duties_table() -> str:
    """Every kind of duty, as a table in Markdown."""
    rows = [
        f"| {kind.words} | {kind.due} | {', '.join(_day(offset) for offset in kind.offsets)} "
        f"| {_goes_up(kind)} | {'yes' if kind.waits_for_school else 'no'} |"
        for kind in sorted(duty_kinds().values(), key=lambda kind: kind.words)
    ]
    return "\n".join([*HEAD, *rows])


class Command(BaseCommand):
    """`duties_table`."""

    help = "Print the README's table of duties."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(duties_table())
