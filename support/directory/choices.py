"""What can be chosen in the directory: an alliance's designations and areas, in one query."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import BooleanField, Exists, F, OuterRef, Value

from alliances.membership.models import Alliance
from support.directory.models import (
    Designation,
    OutsideExpert,
    Practitioner,
    SchoolOffer,
    SupportArea,
)

NO = Value(False, output_field=BooleanField())  # noqa: FBT003 a column
COLUMNS = ("what", "pk", "name", "in_short", "is_retired", "is_chosen")


class Line(NamedTuple):
    """One line of a list that an alliance keeps."""

    what: str
    pk: int
    name: str
    short: str
    is_retired: bool
    is_chosen: bool

    @property
    def words(self) -> str:
        """Its name, with what it is called in short."""
        return f"{self.name} ({self.short})" if self.short else self.name


class Lists(NamedTuple):
    """Both lists of an alliance, what is in use first."""

    designations: list[Line]
    areas: list[Line]


def lists_of(
    alliance: Alliance, thing: Practitioner | SchoolOffer | OutsideExpert | None = None
) -> Lists:
    """Designations and areas of an alliance, and which of them a thing has."""
    titles = Designation.objects.filter(alliance=alliance).annotate(
        what=Value("title"), in_short=F("short"), is_chosen=_has(thing, "designations")
    )
    areas = SupportArea.objects.filter(alliance=alliance).annotate(
        what=Value("area"), in_short=Value(""), is_chosen=_has(thing, "areas")
    )
    rows = titles.values_list(*COLUMNS).union(areas.values_list(*COLUMNS), all=True)
    lines = sorted(
        (Line(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5])) for row in rows),
        key=lambda line: (line.is_retired, line.name.casefold(), line.pk),
    )
    return Lists(
        [line for line in lines if line.what == "title"],
        [line for line in lines if line.what == "area"],
    )


def offered(lines: list[Line]) -> list[tuple[str, str]]:
    """The lines as choices: those in use, and retired ones that are chosen already."""
    return [(str(line.pk), line.words) for line in lines if line.is_chosen or not line.is_retired]


def chosen(lines: list[Line]) -> list[str]:
    """Keys of what is chosen, as a form has them."""
    return [str(line.pk) for line in lines if line.is_chosen]


def _has(thing: Any, relation: str) -> Any:
    if thing is None or not hasattr(thing, relation):
        return NO
    field = type(thing)._meta.get_field(relation)
    through = field.remote_field.through
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    return Exists(through.objects.filter(**{here: thing.pk, there: OuterRef("pk")}))
