"""Taking term dates from a file: safe twice, whole authorities and years or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db import transaction

from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import HALF_TERMS, TermDates
from partnership.calendar.services.settling import Settled, settle_year
from partnership.calendar.term_files import FileYear, RefusedTermFile, read_term_file
from partnership.people.models import Person
from partnership.toolkit.registers.owners import CalendarOwner, owner_kinds

State = Literal["new", "changed", "unchanged", "refused"]
AUTHORITIES = "authorities"
NO_AUTHORITY = "the register has no such local authority"
NO_YEAR = "it has no term dates"
NOT_WHOLE = "its six half terms aren’t all there, one after the other"


@dataclass(frozen=True)
class ReadYear:
    """One academic year of the file, and what is done with it."""

    authority: str
    year: int | None
    state: State
    because: str = ""

    @property
    def year_words(self) -> str:
        """2026 to 2027, or nothing where the file says nothing of any year."""
        return "" if self.year is None else f"{self.year} to {self.year + 1}"

    def __str__(self) -> str:
        whose = ", ".join(filter(None, (self.authority, self.year_words)))
        because = f", {self.because}" if self.because else ""
        return f"{whose}: {self.state}{because}"


@dataclass
class Imported:
    """What an import found, year by year."""

    years: list[ReadYear] = field(default_factory=list)

    def count(self, state: State) -> int:
        """How many years there are of a state."""
        return sum(each.state == state for each in self.years)

    @property
    def changes_something(self) -> bool:
        """Whether there is anything new or changed."""
        return bool(self.count("new") or self.count("changed"))

    def __str__(self) -> str:
        states: tuple[State, ...] = ("new", "changed", "unchanged", "refused")
        return ", ".join(f"{self.count(state)} {state}" for state in states)


@transaction.atomic
def import_term_dates(
    *, content: bytes, by: Person | None, now: datetime, dry_run: bool = False
) -> Imported:
    """Settle the years of a file for the authorities of the register; the same twice does nothing.

    Raises RefusedTermFile for a file that is wrong, and then changes nothing.
    """
    read = read_term_file(content)
    owners = owner_kinds()[AUTHORITIES].find_many([each.code for each in read])
    if not owners:
        raise RefusedTermFile("The register has none of this file’s authorities.")
    dates = dates_of({owner.reference for owner in owners.values()})
    imported = Imported()
    for each in read:
        owner = owners.get(each.code)
        name = f"{each.code} {each.name}".strip()
        if owner is None or not each.years:
            because = NO_AUTHORITY if owner is None else NO_YEAR
            imported.years.append(ReadYear(name, None, "refused", because))
            continue
        known = dates[owner.reference]
        for year in sorted(each.years):
            state, because = _state(known, year, each.years[year])
            imported.years.append(ReadYear(name, year, state, because))
        if not dry_run:
            for year in _kept(imported, name):
                said = each.years[year]
                inset = said.inset_days or known.inset_days_of(year)
                settled = Settled(said.half_terms, inset, said.source, said.is_example)
                owner = _settled(owner, year, settled, by=by, now=now)
    return imported


def _kept(imported: Imported, name: str) -> list[int]:
    """The years of an authority that the file brings or changes."""
    return [
        each.year
        for each in imported.years
        if each.authority == name and each.year is not None and each.state in {"new", "changed"}
    ]


def _state(known: TermDates, year: int, said: FileYear) -> tuple[State, str]:
    if not said.is_whole:
        return "refused", NOT_WHOLE
    if year not in known.own:
        return "new", ""
    own = known.own[year]
    differs = [
        HALF_TERMS[number]
        for number, span in said.half_terms.items()
        if own.half_terms.get(number) != span
    ]
    if said.inset_days and own.inset_days != said.inset_days:
        differs.append("INSET days")
    if (own.source, own.is_example) != (said.source, said.is_example):
        differs.append("the source")
    return ("changed", ", ".join(differs)) if differs else ("unchanged", "")


def _settled(
    owner: CalendarOwner, year: int, settled: Settled, *, by: Person | None, now: datetime
) -> CalendarOwner:
    """The owner with the calendar that it has once the year is settled."""
    settle_year(owner=owner, year=year, settled=settled, by=by, now=now)
    if owner.reference.own_id is not None:
        return owner
    return owner_kinds()[AUTHORITIES].find_many([owner.key])[owner.key]
