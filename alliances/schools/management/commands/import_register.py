"""Bring schools up to an extract of the national register."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alliances.schools.models.differences import shown, words_of
from alliances.schools.register import RefusedFile
from alliances.schools.services import Entry, Step, import_register
from alliances.schools.services.writing import plain


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
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day of the file, if its name doesn’t say it",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, only show the difference"
        )

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        """Import, or refuse in one sentence."""
        try:
            imported = import_register(
                content=file.read_bytes(),
                name=file.name,
                la_codes=options["la"],
                published_on=options["date"],
                by=None,
                now=timezone.now(),
                dry_run=dry_run,
            )
        except OSError as error:
            reason = error.strerror or "it can’t be opened"
            raise CommandError(f"The file {file.name} can’t be read: {reason}.") from error
        except RefusedFile as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        if dry_run:
            for entry in imported.difference:
                self.stdout.write(said(entry))
        for row in imported.refused:
            self.stdout.write(str(row))
        if dry_run:
            self.stdout.write("A trial run: nothing was changed.")
        self.stdout.write(str(imported))


def said(entry: Entry | Step) -> str:
    """One school of the difference on one line."""
    if isinstance(entry, Step):
        told = f"{entry.facts['words']} {entry.facts['since']}".strip()
        return f"Line {entry.line}: {entry.kind}, {entry.name}, URN {entry.urn}: {told}"
    if entry.is_new:
        became = "; possibly became a school that opened later" if entry.successor_id else ""
        return f"Line {entry.line}: {entry.kind}, {entry.name}, URN {entry.urn}{became}"
    facts = (
        f"{words_of(fact)} “{shown(fact, plain(before))}” to “{shown(fact, plain(after))}”"
        for fact, (before, after) in entry.facts.items()
    )
    return f"Line {entry.line}: {entry.kind}, {entry.name}, URN {entry.urn}: {'; '.join(facts)}"
