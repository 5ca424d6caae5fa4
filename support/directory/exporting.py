"""The columns of the directory's lists as files."""

from __future__ import annotations

from typing import Any

from partnership.toolkit.exports import Column
from support.directory.models import Practitioner
from support.directory.rows import NO_NAMES, names_of_practitioners, phases_in_words


def _consent(entry: Any) -> str:
    if entry.home_school is None:
        return "Not needed"
    return "Given" if entry.has_consent else "Missing"


PRACTITIONERS = (
    Column("Name", lambda entry: entry.person.name, 28),
    Column("Designations", lambda entry: ", ".join(entry.names.titles), 24),
    Column("Home school", lambda entry: entry.home_school.name if entry.home_school else "", 40),
    Column("URN", lambda entry: entry.home_school.urn if entry.home_school else None, 10),
    Column("Alliance", lambda entry: entry.alliance.name, 34),
    Column("Areas", lambda entry: ", ".join(entry.names.areas), 44),
    Column("Phases", lambda entry: phases_in_words(entry.phases), 24),
    Column("Days offered this year", lambda entry: float(entry.offered), 12),
    Column("Days left", lambda entry: float(entry.days_left), 12),
    Column("The head’s consent", _consent, 14),
    Column("From", lambda entry: entry.starts_on, 12),
    Column("Last day", lambda entry: entry.ends_on, 12),
)


def named_practitioners(batch: list[Practitioner]) -> list[Any]:
    """The entries of a batch with their titles and areas, asked for once."""
    names = names_of_practitioners(entry.pk for entry in batch)
    rows: list[Any] = batch
    for entry in rows:
        entry.names = names.get(entry.pk, NO_NAMES)
    return rows
