"""Bring schools up to an extract of the national register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alliances.schools.register import RefusedFile
from alliances.schools.services import import_register


class Command(BaseCommand):
    """Read a file whole, say which rows were refused, and end with one line of counts."""

    help = "Imports an extract of the national register (Get Information about Schools)."

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, the authorities to take from it, and whether only to try."""
        parser.add_argument("file", type=Path, help="the extract, as downloaded (CSV)")
        parser.add_argument(
            "--la",
            action="append",
            default=[],
            metavar="CODE",
            help="only schools of this local authority, such as 353; may be given again",
        )
        parser.add_argument("--dry-run", action="store_true", help="change nothing, only say")

    def handle(self, *, file: Path, la: list[str], dry_run: bool, **_options: Any) -> None:
        """Import, or refuse in one sentence."""
        try:
            imported = import_register(
                content=file.read_bytes(),
                name=file.name,
                la_codes=la,
                by=None,
                now=timezone.now(),
                dry_run=dry_run,
            )
        except OSError as error:
            reason = error.strerror or "it can’t be opened"
            raise CommandError(f"The file {file.name} can’t be read: {reason}.") from error
        except RefusedFile as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        for row in imported.refused:
            self.stdout.write(str(row))
        if dry_run:
            self.stdout.write("A trial run: nothing was changed.")
        self.stdout.write(str(imported))
