"""How an alliance gives support: its rules, its designations and its areas."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance
from alliances.membership.services import NameTaken
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import Designation, Practitioner, SupportArea, SupportRules
from support.directory.services.naming import refresh_search

DESIGNATIONS = (
    ("National leader of education", "NLE"),
    ("Specialist leader of education", "SLE"),
    ("Expert teacher", ""),
    ("Early career teacher mentor", "ECT mentor"),
    ("Initial teacher training mentor", "ITT mentor"),
    ("Leader of governance", "NLG"),
)
AREAS = (
    "Early years",
    "Phonics and early reading",
    "Reading",
    "Writing",
    "Mathematics",
    "Curriculum",
    "Behaviour",
    "Attendance",
    "SEND",
    "Pupil premium",
    "Leadership",
    "Governance",
    "Finance",
)


@transaction.atomic
def open_support(*, alliance: Alliance, by: Person | None, now: datetime) -> SupportRules:
    """Begin to give support: usual rules, usual designations and areas; once begun it stays so."""
    lock(alliance)
    rules, is_new = SupportRules.objects.get_or_create(alliance=alliance)
    if not is_new:
        return rules
    known = {name.casefold() for name in _names(Designation, alliance)}
    Designation.objects.bulk_create(
        Designation(alliance=alliance, name=name, short=short)
        for name, short in DESIGNATIONS
        if name.casefold() not in known
    )
    known = {name.casefold() for name in _names(SupportArea, alliance)}
    SupportArea.objects.bulk_create(
        SupportArea(alliance=alliance, name=name) for name in AREAS if name.casefold() not in known
    )
    record("support begun", rules, by=by, at=now, alliance_id=alliance.pk)
    return rules


def _names(kept: type[Any], alliance: Alliance) -> list[str]:
    return list(kept.objects.filter(alliance=alliance).values_list("name", flat=True))


@transaction.atomic
def change_rules(
    *,
    rules: SupportRules,
    changes: dict[str, Any],
    seen_version: int,
    by: Person,
    now: datetime,
) -> SupportRules:
    """Say anew how soon the alliance answers, what it asks, and what counts in a match."""
    rules = lock(rules, seen_version=seen_version)
    if changed := apply_changes(rules, changes):
        record(
            "rules of support changed",
            rules,
            by=by,
            at=now,
            fields=changed,
            values={name: changes[name] for name in changed if isinstance(changes[name], int)},
            alliance_id=rules.alliance_id,
        )
    return rules


@transaction.atomic
def add_designation(
    *, alliance: Alliance, name: str, short: str, by: Person, now: datetime
) -> Designation:
    """A title that the alliance's practitioners may carry from now on."""
    lock(alliance)
    _refuse_taken(Designation, alliance.pk, name)
    designation = Designation.objects.create(alliance=alliance, name=name, short=short)
    record("designation added", designation, by=by, at=now, alliance_id=alliance.pk)
    return designation


@transaction.atomic
def change_designation(
    *, designation: Designation, changes: dict[str, Any], by: Person, now: datetime
) -> Designation:
    """Name a title anew, or give it no longer; who carries it keeps it."""
    line: Designation = _changed(
        "designation changed", designation, "designations", changes, by=by, now=now
    )
    return line


@transaction.atomic
def add_support_area(*, alliance: Alliance, name: str, by: Person, now: datetime) -> SupportArea:
    """An area in which schools may ask for help from now on."""
    lock(alliance)
    _refuse_taken(SupportArea, alliance.pk, name)
    area = SupportArea.objects.create(alliance=alliance, name=name)
    record("area of support added", area, by=by, at=now, alliance_id=alliance.pk)
    return area


@transaction.atomic
def change_support_area(
    *, area: SupportArea, changes: dict[str, Any], by: Person, now: datetime
) -> SupportArea:
    """Name an area anew, or let it be chosen no longer; what has it keeps it."""
    line: SupportArea = _changed("area of support changed", area, "areas", changes, by=by, now=now)
    return line


def _changed(
    action: str, line: Any, relation: str, changes: dict[str, Any], *, by: Person, now: datetime
) -> Any:
    lock(line.alliance)
    line = lock(line)
    _refuse_taken(type(line), line.alliance_id, changes.get("name", line.name), but=line.pk)
    if changed := apply_changes(line, changes):
        if {"name", "short"} & set(changed):
            refresh_search(Practitioner.objects.filter(**{relation: line.pk}))
        record(action, line, by=by, at=now, fields=changed, alliance_id=line.alliance_id)
    return line


def _refuse_taken(kept: type[Any], alliance_id: int, name: str, *, but: int = 0) -> None:
    if kept.objects.filter(alliance=alliance_id, name__iexact=name).exclude(pk=but).exists():
        raise NameTaken
