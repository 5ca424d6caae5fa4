"""Which column of an extract becomes which fact of a school, and how each cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from alliances.schools.register.codes import STATUSES

Value = str | int | date | None


class RefusedCell(Exception):
    """A cell that cannot be what its column holds; the message says why."""


@dataclass(frozen=True)
class Column:
    """One column of the published extracts, by the name in their header."""

    header: str
    field: str
    read: Callable[[str, int], Value]
    limit: int = 0
    is_required: bool = False


def _words(cell: str, limit: int) -> str:
    """Text on one line, without spaces at its ends."""
    text = " ".join(cell.split())
    if len(text) > limit:
        raise RefusedCell(f"has more than {limit} characters")
    return text


def _given(cell: str, limit: int) -> str:
    text = _words(cell, limit)
    if not text:
        raise RefusedCell("is empty")
    return text


def _whole(cell: str, limit: int) -> int | None:
    """A whole number of at most `limit` digits."""
    text = cell.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= limit):
        raise RefusedCell(f"isn’t a number of up to {limit} digits")
    return int(text)


def _urn(cell: str, _limit: int) -> int:
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


def _day(cell: str, _limit: int) -> date | None:
    """A day written dd-mm-yyyy or dd/mm/yyyy."""
    text = cell.strip()
    if not text:
        return None
    parts = re.fullmatch(r"([0-9]{2})[-/]([0-9]{2})[-/]([0-9]{4})", text)
    if parts is None:
        raise RefusedCell("isn’t a date like 01-09-2010")
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError as error:
        raise RefusedCell("isn’t a day of the calendar") from error


def _postcode(cell: str, limit: int) -> str:
    return _words(cell, limit).upper()


def _website(cell: str, limit: int) -> str:
    """The address without its scheme: most of the register's have none."""
    address = re.sub(r"^https?:/*", "", "".join(cell.split()), flags=re.IGNORECASE)
    host, slash, path = address.partition("/")
    return _words(f"{host}/{path}" if slash and path else host, limit)


COLUMNS = (
    Column("URN", "urn", _urn, is_required=True),
    Column("LA (code)", "authority_code", _authority_code, is_required=True),
    Column("LA (name)", "authority_name", _given, 80, is_required=True),
    Column("EstablishmentName", "name", _given, 120, is_required=True),
    Column("EstablishmentStatus (name)", "status", _status, is_required=True),
    Column("EstablishmentNumber", "establishment_number", _whole, 5),
    Column("TypeOfEstablishment (name)", "type", _words, 80),
    Column("ReasonEstablishmentOpened (name)", "reason_opened", _words, 80),
    Column("OpenDate", "opened_on", _day),
    Column("PhaseOfEducation (name)", "phase", _words, 40),
    Column("StatutoryLowAge", "low_age", _whole, 2),
    Column("StatutoryHighAge", "high_age", _whole, 2),
    Column("Boarders (name)", "boarders", _words, 60),
    Column("OfficialSixthForm (name)", "sixth_form", _words, 60),
    Column("Gender (name)", "gender", _words, 20),
    Column("ReligiousCharacter (name)", "religious_character", _words, 80),
    Column("AdmissionsPolicy (name)", "admissions_policy", _words, 40),
    Column("UKPRN", "ukprn", _whole, 8),
    Column("Street", "street", _words, 120),
    Column("Locality", "locality", _words, 120),
    Column("Address3", "address_3", _words, 120),
    Column("Town", "town", _words, 80),
    Column("County (name)", "county", _words, 80),
    Column("Postcode", "postcode", _postcode, 10),
    Column("SchoolWebsite", "website", _website, 200),
    Column("TelephoneNum", "telephone", _words, 20),
    Column("HeadPreferredJobTitle", "head_title", _words, 80),
    Column("GOR (name)", "region", _words, 40),
    Column("ParliamentaryConstituency (code)", "constituency_code", _words, 12),
    Column("ParliamentaryConstituency (name)", "constituency", _words, 80),
)
REQUIRED = tuple(column.header for column in COLUMNS if column.is_required)
