"""Schools as files: the list with what the register says of each, and one school’s profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from alliances.schools.belonging import Schools, named_groups
from alliances.schools.models import School, SchoolPost
from partnership.toolkit.exports import Column, in_batches
from partnership.toolkit.spoken_dates import spoken_date, spoken_moment

FIELDS = (
    "pk",
    "urn",
    "name",
    "authority__code",
    "authority__name",
    "establishment_number",
    "ukprn",
    "phase",
    "type",
    "status",
    "opened_on",
    "low_age",
    "high_age",
    "gender",
    "religious_character",
    "street",
    "locality",
    "town",
    "county",
    "postcode",
    "telephone",
    "website",
    "trust_name",
    "sourced_on",
)


def _laestab(school: Any) -> str:
    number = school.establishment_number
    return "" if number is None else f"{school.authority__code}/{number:04}"


COLUMNS = (
    Column("School", lambda row: row[0].name, 44),
    Column("URN", lambda row: row[0].urn, 9),
    Column("LAESTAB", lambda row: _laestab(row[0]), 10),
    Column("UKPRN", lambda row: row[0].ukprn, 11),
    Column("Local authority", lambda row: row[0].authority__name, 20),
    Column("Phase", lambda row: row[0].phase, 14),
    Column("Type", lambda row: row[0].type, 28),
    Column("Status", lambda row: row[0].status, 12),
    Column("Opened on", lambda row: row[0].opened_on, 12),
    Column("Youngest age", lambda row: row[0].low_age, 9),
    Column("Oldest age", lambda row: row[0].high_age, 9),
    Column("Gender", lambda row: row[0].gender, 10),
    Column("Religious character", lambda row: row[0].religious_character, 20),
    Column("Street", lambda row: row[0].street, 26),
    Column("Locality", lambda row: row[0].locality, 18),
    Column("Town", lambda row: row[0].town, 18),
    Column("County", lambda row: row[0].county, 18),
    Column("Postcode", lambda row: row[0].postcode, 10),
    Column("Telephone", lambda row: row[0].telephone, 14),
    Column("Website", lambda row: row[0].website, 30),
    Column("Academy trust", lambda row: row[0].trust_name, 30),
    Column("Alliances", lambda row: row[1], 34),
    Column("Facts as of", lambda row: row[0].sourced_on, 12),
)


def export_rows(schools: Schools, *, on: date) -> Iterator[tuple[Any, str]]:
    """Each school with its groups on a day, asked for a thousand schools at once."""
    for batch in in_batches(schools.values_list(*FIELDS, named=True)):
        groups = named_groups([school.pk for school in batch], on=on)
        for school in batch:
            yield school, groups.get(school.pk, "")


def profile_facts(school: School, posts: list[SchoolPost], *, now: datetime) -> dict[str, Any]:
    """What a school's printed profile says; the school comes with its authority and source."""
    on = now.date()
    where = ("Address", school.address), ("Telephone", school.telephone_in_groups)
    known = ("URN", str(school.urn)), ("Local authority", school.authority.name)
    facts = [*known, *where, ("Website", school.website), ("Type", school.type)]
    facts += school.register_facts
    return {
        "name": school.name,
        "lead": ", ".join(filter(None, [school.type, school.place])),
        "facts": [pair for pair in facts if pair[1]],
        "groups": named_groups([school.pk], on=on).get(school.pk, ""),
        "posts": [(post.called, post.person.name) for post in posts],
        "source": _source(school),
        "foot": f"{school.name}, printed on {spoken_moment(now)}",
    }


def _source(school: School) -> str:
    if school.is_example:
        return "An example school: it is invented, and so is everything said about it."
    day = f" of {spoken_date(school.sourced_on)}" if school.sourced_on else ""
    return f"From the national register{day} (Open Government Licence v3.0)."
