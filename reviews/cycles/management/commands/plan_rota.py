"""Plan a rota of review days from a file."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews.cycles.rota import (
    Effort,
    FaultyProblem,
    Problem,
    Rota,
    plan,
    read_problem,
    rota_as_json,
)

FAULTY = 2


class Command(BaseCommand):
    """Read a problem, plan, and write the rota; nothing is written when the problem has a fault."""

    help = (
        "Plans who reviews which school on which day (JSON to JSON). A team’s size counts its lead; "
        "“all” is everybody who may visit. Two days of one reviewer are at least “gap_days” days of "
        "the calendar apart, and never the same day. “periods” ({“first”, “last”}), such as half terms, "
        "limit a reviewer who has “max_days_per_period”. A day in “fixed” with lead and "
        "team stays as it is; of the days in “current” as few change as can be. Ends with 2 when the "
        "problem has a fault."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The problem, where the rota goes, and how long to search."""
        parser.add_argument("problem", type=Path, help="the problem (JSON)")
        parser.add_argument("--output", type=Path, required=True, help="where to write the rota")
        parser.add_argument("--seconds", type=_seconds, default=60, help="how long to search (60)")

    def handle(self, *, problem: Path, output: Path, seconds: float, **_options: Any) -> None:
        """Plan, or say the fault in one sentence."""
        asked = _read(problem)
        if not output.parent.is_dir():
            raise CommandError(f"There is no folder {output.parent}.", returncode=FAULTY)
        rota = plan(asked, Effort(seconds))
        output.write_text(rota_as_json(rota) + "\n", "utf-8")
        self.stdout.write(_summary(asked, rota))


def _read(file: Path) -> Problem:
    try:
        return read_problem(file.read_bytes())
    except OSError as error:
        reason = error.strerror or "it can’t be opened"
        said = f"The file {file.name} can’t be read: {reason}."
        raise CommandError(said, returncode=FAULTY) from error
    except FaultyProblem as error:
        raise CommandError(str(error), returncode=FAULTY) from error


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 < seconds < float("inf"):
        raise ArgumentTypeError("must be more than 0")
    return seconds


def _summary(problem: Problem, rota: Rota) -> str:
    placed = f"{len(rota.days)} of {len(problem.hosts)} schools have a day"
    said = f"{rota.status}: {placed}; {rota.objective} points, none below {rota.bound}"
    return said if problem.current is None else f"{said}; {rota.changed} changed"
