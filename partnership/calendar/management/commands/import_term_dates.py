"""Import a file of term dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from partnership.calendar.services import import_term_dates
from partnership.calendar.term_files import RefusedTermFile


class Command(BaseCommand):
    """Read a file whole, say what of it was taken, and end with one line of counts."""

    help = "Imports term dates of local authorities (JSON or CSV)."

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, and whether only to try."""
        parser.add_argument("file", type=Path, help="the term dates (JSON or CSV)")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, only say")

    def handle(self, *, file: Path, dry_run: bool, **_options: Any) -> None:
        """Import, or refuse in one sentence."""
        try:
            imported = import_term_dates(
                content=file.read_bytes(), by=None, now=timezone.now(), dry_run=dry_run
            )
        except OSError as error:
            reason = error.strerror or "it can’t be opened"
            raise CommandError(f"The file {file.name} can’t be read: {reason}.") from error
        except RefusedTermFile as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        for year in imported.years:
            self.stdout.write(str(year))
        if dry_run:
            self.stdout.write("A trial run: nothing was changed.")
        self.stdout.write(str(imported))
