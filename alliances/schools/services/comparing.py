"""What an extract would change, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from alliances.schools.models import ProposedChange, RegisterFile, School
from alliances.schools.register import Contents, Reading, RefusedFile, RefusedRow
from alliances.schools.register.codes import CLOSED
from alliances.schools.services.entries import Entry, Facts, Plan
from alliances.schools.services.succeeding import find_predecessors, find_successors
from partnership.toolkit.spoken_dates import spoken_date

CHUNK = 2_000
KEYS = ("urn", "pk", "is_example", "source_id", "sourced_on", "authority__code")
NO_FACTS = ("urn", "authority_code", "authority_name")
Kind = ProposedChange.Kind


def latest_import() -> int:
    """The number of the last import; when it grows, an earlier plan is out of date."""
    latest = RegisterFile.objects.order_by("-pk").values_list("pk", flat=True).first()
    return latest or 0


def compare(contents: Contents, *, sha256: str, sourced_on: date) -> Plan:
    """Sort the file's schools into new, changed and unchanged.

    Raises RefusedFile when a newer file of the same layout was read for all its authorities.
    """
    names = {_code_of(reading): str(reading.values[2]) for reading in contents.schools}
    plan = Plan(latest_import(), names, refused=list(contents.refused))
    later = _LaterFiles(contents)
    this_file = set(RegisterFile.objects.filter(sha256=sha256).values_list("pk", flat=True))
    for readings in _chunks(later.without_outdone(plan)):
        known = _known(contents, readings)
        for reading in readings:
            row = known.get(reading.urn)
            if row is None:
                plan.new.append(_new(reading))
                continue
            _urn, pk, is_example, source_id, dated, *stands = row
            if is_example:
                reason = "this number belongs to an example school"
                plan.refused.append(RefusedRow(reading.line, str(reading.urn), reason))
                continue
            silent = later.silent(_code_of(reading), dated)
            _sort_known(plan, reading, stands, silent)
            if source_id not in this_file and (dated is None or dated < sourced_on):
                plan.confirmed.append(pk)
    find_predecessors(plan.new, contents)
    find_successors(plan.new, contents)
    plan.refused.sort(key=lambda refused: refused.line)
    return plan


class _LaterFiles:
    """What files of a later day have said already, by authority."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.published_on = contents.published_on
        self.outdone: dict[str, date] = {}
        self.said: dict[str, set[str]] = {}
        if self.published_on is None:
            return
        codes = {_code_of(reading) for reading in contents.schools}
        files = RegisterFile.objects.filter(
            kind=RegisterFile.Kind.SCHOOLS, published_on__gt=self.published_on
        )
        rows = files.filter(authorities__code__in=codes).values_list(
            "authorities__code", "layout", "facts", "published_on"
        )
        for code, layout, facts, day in rows:
            self.said.setdefault(code, set()).update(facts)
            if layout == contents.layout and day is not None:
                self.outdone[code] = max(day, self.outdone.get(code, day))

    def without_outdone(self, plan: Plan) -> list[Reading]:
        """The schools of authorities for which no newer file of this layout was read."""
        kept = []
        for reading in self.contents.schools:
            day = self.outdone.get(_code_of(reading))
            if day is None:
                kept.append(reading)
            else:
                reason = f"a newer file of this kind was read, of {spoken_date(day)}"
                plan.refused.append(RefusedRow(reading.line, str(reading.urn), reason))
        if self.outdone and not kept:
            day = max(self.outdone.values())
            raise RefusedFile(
                f"This file is older than the last of its kind, which is of {spoken_date(day)}."
            )
        return kept

    def silent(self, code: str, dated: date | None) -> set[str] | None:
        """The facts that a later file stated of this school, on which this one has no say."""
        if dated is None or self.published_on is None or dated <= self.published_on:
            return None
        return self.said.get(code)


def _code_of(reading: Reading) -> str:
    return str(reading.values[1])


def _known(contents: Contents, readings: list[Reading]) -> dict[int, tuple[Any, ...]]:
    columns = [*KEYS, *(name for name in contents.fields if name not in NO_FACTS)]
    urns = [reading.urn for reading in readings]
    rows = School.objects.filter(urn__in=urns).values_list(*columns)
    return {row[0]: row for row in rows.iterator()}


def _new(reading: Reading) -> Entry:
    facts = zip(reading.fields[3:], reading.values[3:], strict=True)
    said: Facts = {name: (None, value) for name, value in facts if value not in ("", None)}
    said["authority"] = (None, _code_of(reading))
    return Entry(Kind.NEW, reading.line, reading.urn, str(reading.values[3]), said)


def _sort_known(
    plan: Plan, reading: Reading, stands: list[object], silent: set[str] | None
) -> None:
    """`stands` has the authority's code and then each fact as the register has it."""
    after = (_code_of(reading), *reading.values[3:])
    if tuple(stands) == after:
        plan.unchanged += 1
        return
    names = ("authority", *reading.fields[3:])
    facts: Facts = {
        name: (before, now)
        for name, before, now in zip(names, stands, after, strict=True)
        if before != now and not (silent and (name in silent or name == "authority"))
    }
    if not facts:
        plan.unchanged += 1
        return
    closes = facts.get("status", (None, None))[1] == CLOSED
    kind = Kind.CLOSED if closes else Kind.CHANGED
    plan.changed.append(Entry(kind, reading.line, reading.urn, str(reading.values[3]), facts))


def _chunks(readings: list[Reading]) -> Iterator[list[Reading]]:
    for start in range(0, len(readings), CHUNK):
        yield readings[start : start + CHUNK]
