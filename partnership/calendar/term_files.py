"""Files of term dates: JSON or CSV, by authority; read whole or refused in a sentence."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from partnership.calendar.dates import HALF_TERMS
from partnership.calendar.years import AcademicYear

LARGEST = 2_000_000
MOST_PERIODS = 20_000
FIRST_YEAR, LAST_YEAR = 2000, 2100
COLUMNS = {"authority", "name", "type", "start", "end"}
TYPES = ("term", "holiday", "inset")
SEASONS = {"autumn": 0, "spring": 1, "summer": 2}
LONGEST_SPAN = timedelta(days=150)
SOURCE_LENGTH, NOTE_LENGTH = 300, 80
CODE = re.compile(r"[0-9A-Za-z]{1,6}")
NO_WORD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
AUGUST = 8
MOST_INSET_DAYS = 10

Span = tuple[date, date]


class RefusedTermFile(Exception):
    """The file can’t be used; the sentence says why."""


@dataclass(frozen=True)
class Period:
    """A line of the file: a term, a half of one, a holiday, or an INSET day."""

    name: str
    type: str
    starts_on: date
    ends_on: date


@dataclass
class FileYear:
    """One authority’s academic year as the file has it."""

    half_terms: dict[int, Span] = field(default_factory=dict)
    inset_days: dict[date, str] = field(default_factory=dict)
    source: str = ""
    is_example: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all six half terms are there, one after the other."""
        spans = [self.half_terms[number] for number in sorted(self.half_terms)]
        in_order = all(one[1] < other[0] for one, other in pairwise(spans))
        return len(spans) == len(HALF_TERMS) and in_order


@dataclass(frozen=True)
class FileAuthority:
    """What the file says of one authority, by the year that an academic year begins in."""

    code: str
    name: str
    years: Mapping[int, FileYear]


def read_term_file(content: bytes) -> list[FileAuthority]:
    """Every authority of a JSON or CSV file; raises RefusedTermFile with a sentence."""
    if len(content) > LARGEST:
        raise RefusedTermFile("This file is larger than 2 MB, which no list of term dates is.")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedTermFile("This file is no text. Save it as JSON or CSV in UTF-8.") from error
    if not words.strip() or "\0" in words:
        raise RefusedTermFile("This file is empty." if not words.strip() else "This is no text.")
    found = _from_json(words) if words.lstrip().startswith(("{", "[")) else _from_csv(words)
    if not found:
        raise RefusedTermFile("This file names no authority.")
    return found


def _from_json(words: str) -> list[FileAuthority]:
    try:
        read = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise RefusedTermFile("This file is no whole JSON. Save it again.") from error
    authorities = read.get("la") if isinstance(read, dict) else None
    if not isinstance(authorities, dict):
        raise RefusedTermFile("This JSON has no authorities under “la”.")
    return [_authority(title, said) for title, said in authorities.items()]


def _authority(title: str, said: Any) -> FileAuthority:
    periods = said.get("periods", []) if isinstance(said, dict) else None
    if not isinstance(periods, list) or not all(isinstance(each, dict) for each in periods):
        raise RefusedTermFile(f"“{_plain(title)[:60]}” has no list of periods.")
    if len(periods) > MOST_PERIODS:
        raise RefusedTermFile(f"“{_plain(title)[:60]}” has more periods than a century.")
    sources = said.get("sources", [])
    source = ", ".join(map(str, sources)) if isinstance(sources, list) else str(sources)
    is_example = said.get("is_example") is True
    rows = [_period(each, f"{title[:60]}, period {at}") for at, each in enumerate(periods, 1)]
    code, name = _named(title)
    return FileAuthority(code, name, _years(rows, source, is_example=is_example))


def _named(title: str) -> tuple[str, str]:
    """Code and name of an authority, as in "330 Birmingham"."""
    code, _space, name = _plain(title).partition(" ")
    if not CODE.fullmatch(code):
        raise RefusedTermFile(f"“{_plain(title)[:60]}” must begin with the code of an authority.")
    return code, name.strip()[:NOTE_LENGTH]


def _plain(words: object) -> str:
    return NO_WORD.sub(" ", str(words)).strip()


def _from_csv(words: str) -> list[FileAuthority]:
    reader = csv.DictReader(io.StringIO(words, newline=""))
    columns = {name.strip().casefold() for name in reader.fieldnames or () if name}
    if not columns >= COLUMNS:
        wanted = ", ".join(sorted(COLUMNS))
        raise RefusedTermFile(f"The first line must name the columns {wanted}.")
    periods: dict[str, list[Period]] = defaultdict(list)
    names: dict[str, str] = {}
    sources: dict[str, str] = {}
    try:
        for row in reader:
            said = {str(name).strip().casefold(): str(word or "") for name, word in row.items()}
            code, name = _named(said["authority"])
            periods[code].append(_period(said, f"Line {reader.line_num}"))
            names.setdefault(code, name)
            sources[code] = said.get("source", "") or sources.get(code, "")
    except csv.Error as error:
        raise RefusedTermFile("This file is no whole CSV. Save it again.") from error
    return [
        FileAuthority(code, names[code], _years(rows, sources[code], is_example=False))
        for code, rows in periods.items()
    ]


def _period(said: Mapping[str, Any], where: str) -> Period:
    kind = str(said.get("type", "")).strip().casefold()
    if kind not in TYPES:
        raise RefusedTermFile(f"{where}: the type must be term, holiday or inset.")
    starts_on, ends_on = _day(said.get("start"), where), _day(said.get("end"), where)
    if not starts_on <= ends_on <= starts_on + LONGEST_SPAN:
        raise RefusedTermFile(f"{where}: it must end after it starts, within five months.")
    return Period(_plain(said.get("name", ""))[:NOTE_LENGTH], kind, starts_on, ends_on)


def _day(word: Any, where: str) -> date:
    try:
        day = date.fromisoformat(str(word).strip())
    except ValueError as error:
        sentence = f"{where}: “{str(word)[:20]}” is no day; write it like 2026-09-02."
        raise RefusedTermFile(sentence) from error
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise RefusedTermFile(f"{where}: the year {day.year} can’t be right.")
    return day


def _years(periods: list[Period], source: str, *, is_example: bool) -> dict[int, FileYear]:
    """Half terms as they are named, or whole terms cut at the half term inside."""
    years: dict[int, FileYear] = {}
    breaks = [each for each in periods if each.type == "holiday"]
    for each in periods:
        if each.type == "holiday":
            continue
        fresh = FileYear(source=_plain(source)[:SOURCE_LENGTH], is_example=is_example)
        year = years.setdefault(_first_year(each.starts_on), fresh)
        if each.type == "inset":
            year.inset_days |= _inset_days(each)
        else:
            year.half_terms |= _halves(each, breaks)
    return years


def _first_year(day: date) -> int:
    """The year that its academic year begins in; what begins late in August begins the next one."""
    return day.year if day.month == AUGUST else AcademicYear.containing(day).start


def _inset_days(period: Period) -> dict[date, str]:
    note = "" if period.name.casefold() == "inset" else period.name
    days = min((period.ends_on - period.starts_on).days + 1, MOST_INSET_DAYS)
    return {period.starts_on + timedelta(days=n): note for n in range(days)}


def _season(period: Period) -> int:
    words = period.name.casefold().split()
    found = next((SEASONS[word] for word in words if word in SEASONS), None)
    if found is None:
        sentence = f"“{period.name}”: a term must be called autumn, spring or summer."
        raise RefusedTermFile(sentence)
    return found


def _halves(period: Period, breaks: list[Period]) -> dict[int, Span]:
    first = 2 * _season(period) + 1
    if named := re.search(r"\(?([12])\)?$", period.name):
        return {first + int(named[1]) - 1: (period.starts_on, period.ends_on)}
    inside = [
        each
        for each in breaks
        if period.starts_on < each.starts_on <= each.ends_on < period.ends_on
    ]
    if len(inside) != 1:
        return {}
    ends_on, begins_on = inside[0].starts_on, inside[0].ends_on
    return {
        first: (period.starts_on, _weekday(ends_on, -1)),
        first + 1: (_weekday(begins_on, 1), period.ends_on),
    }


def _weekday(day: date, step: int) -> date:
    """The nearest weekday after or before a day."""
    day += timedelta(days=step)
    while day.weekday() > 4:  # noqa: PLR2004 Friday
        day += timedelta(days=step)
    return day
