"""Which column of an extract becomes which fact of a school, and how each cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from alliances.schools.register.codes import STATUSES

Value = str | int | date | None
DIGITS_WITHOUT_NOUGHT = 10


class RefusedCell(Exception):
    """A cell that cannot be what its column holds; the message says why."""


@dataclass(frozen=True)
class Column:
    """A fact, by the column that holds it in the published extracts, and in those with own names.

    What stands `behind` one column in others is joined to it, as the parts of a name are.
    """

    header: str
    field: str
    read: Callable[[str, int], Value]
    limit: int = 0
    is_required: bool = False
    also: str = ""
    behind: tuple[str, ...] = ()


def words(cell: str, limit: int) -> str:
    """Text on one line, without spaces at its ends."""
    text = " ".join(cell.split())
    if len(text) > limit:
        raise RefusedCell(f"has more than {limit} characters")
    return text


def given(cell: str, limit: int) -> str:
    """Text that must not be missing."""
    text = words(cell, limit)
    if not text:
        raise RefusedCell("is empty")
    return text


def whole(cell: str, limit: int) -> int | None:
    """A whole number of at most `limit` digits."""
    text = cell.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= limit):
        raise RefusedCell(f"isn’t a number of up to {limit} digits")
    return int(text)


def urn(cell: str, _limit: int) -> int:
    """A school's number."""
    text = cell.strip()
    if re.fullmatch(r"[1-9][0-9]{4,6}", text) is None:
        raise RefusedCell("isn’t a number of five to seven digits")
    return int(text)


def _authority_code(cell: str, _limit: int) -> str:
    text = cell.strip()
    if re.fullmatch(r"[0-9]{3}", text) is None:
        raise RefusedCell("isn’t a number of three digits")
    return text


def _status(cell: str, _limit: int) -> str:
    text = cell.strip()
    if text not in STATUSES:
        raise RefusedCell("isn’t a status that the register uses")
    return text


def day(cell: str, _limit: int) -> date | None:
    """A day written dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd."""
    text = cell.strip()
    if not text:
        return None
    parts = re.fullmatch(r"([0-9]{2})([-/])([0-9]{2})\2([0-9]{4})", text)
    turned = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if parts is not None:
        year, month, number = parts[4], parts[3], parts[1]
    elif turned is not None:
        year, month, number = turned[1], turned[2], turned[3]
    else:
        raise RefusedCell("isn’t a date like 01-09-2010")
    try:
        return date(int(year), int(month), int(number))
    except ValueError as error:
        raise RefusedCell("isn’t a day of the calendar") from error


def _telephone(cell: str, limit: int) -> str:
    """Spreadsheets take the leading nought away; it is given back."""
    number = words(cell, limit)
    has_lost_it = len(number) == DIGITS_WITHOUT_NOUGHT and number[0] in "123578"
    return f"0{number}" if number.isdigit() and has_lost_it else number


def _postcode(cell: str, limit: int) -> str:
    return words(cell, limit).upper()


def _website(cell: str, limit: int) -> str:
    """The address without its scheme: most of the register's have none."""
    address = re.sub(r"^https?:/*", "", "".join(cell.split()), flags=re.IGNORECASE)
    host, slash, path = address.partition("/")
    return words(f"{host}/{path}" if slash and path else host, limit)


COLUMNS = (
    Column("URN", "urn", urn, is_required=True, also="urn"),
    Column("LA (code)", "authority_code", _authority_code, is_required=True, also="la_code"),
    Column("LA (name)", "authority_name", given, 80, is_required=True, also="la_name"),
    Column("EstablishmentName", "name", given, 120, is_required=True, also="name"),
    Column(
        "EstablishmentStatus (name)",
        "status",
        _status,
        is_required=True,
        also="establishment_status_name",
    ),
    Column("EstablishmentNumber", "establishment_number", whole, 5, also="establishment_number"),
    Column("TypeOfEstablishment (name)", "type", words, 80, also="establishment_type_name"),
    Column("ReasonEstablishmentOpened (name)", "reason_opened", words, 80),
    Column("OpenDate", "opened_on", day),
    Column("ReasonEstablishmentClosed (name)", "reason_closed", words, 80),
    Column("CloseDate", "closed_on", day, also="close_date"),
    Column("PhaseOfEducation (name)", "phase", words, 40, also="phase_name"),
    Column("StatutoryLowAge", "low_age", whole, 2),
    Column("StatutoryHighAge", "high_age", whole, 2),
    Column("Boarders (name)", "boarders", words, 60),
    Column("OfficialSixthForm (name)", "sixth_form", words, 60),
    Column("Gender (name)", "gender", words, 20),
    Column("ReligiousCharacter (name)", "religious_character", words, 80),
    Column("Diocese (name)", "diocese", words, 80),
    Column("AdmissionsPolicy (name)", "admissions_policy", words, 40),
    Column("SchoolCapacity", "capacity", whole, 5),
    Column("NumberOfPupils", "pupils", whole, 5, also="number_of_pupils"),
    Column("UKPRN", "ukprn", whole, 8, also="ukprn"),
    Column("Street", "street", words, 120, also="address_1"),
    Column("Locality", "locality", words, 120, also="address_2"),
    Column("Address3", "address_3", words, 120, also="address_3"),
    Column("Town", "town", words, 80, also="town"),
    Column("County (name)", "county", words, 80, also="county"),
    Column("Postcode", "postcode", _postcode, 10, also="postcode"),
    Column("SchoolWebsite", "website", _website, 200),
    Column("TelephoneNum", "telephone", _telephone, 20),
    Column("HeadLastName", "head_name", words, 120, behind=("HeadTitle (name)", "HeadFirstName")),
    Column("HeadPreferredJobTitle", "head_title", words, 80),
    Column("GOR (name)", "region", words, 40),
    Column("ParliamentaryConstituency (code)", "constituency_code", words, 12),
    Column("ParliamentaryConstituency (name)", "constituency", words, 80),
    Column("Easting", "easting", whole, 7, also="easting"),
    Column("Northing", "northing", whole, 7, also="northing"),
)

GROUP_COLUMNS = (
    ("Trusts (code)", "Trusts (name)", "TrustSchoolFlag (name)", "Trust"),
    ("Federations (code)", "Federations (name)", "", "Federation"),
)
