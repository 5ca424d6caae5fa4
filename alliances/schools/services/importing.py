"""Importing an extract of the national register: read whole, compared, then written at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from alliances.schools.choices import forget_choices
from alliances.schools.models import Authority, RegisterFile, School
from alliances.schools.register import RefusedRow, read_register
from alliances.schools.services.comparing import Change, Plan, compare, latest_import
from partnership.audit.models import Event
from partnership.audit.services import record
from partnership.people.models import Person

BATCH = 1_000
KEPT = ("id", "urn", "is_example", "trust_name")
WRITTEN = [each.name for each in School._meta.concrete_fields if each.name not in KEPT]

Report = Callable[[int, int], None]
Thing = TypeVar("Thing")


def _silently(_done: int, _total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Imported:
    """What came of an import, or would come of it."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]

    def __str__(self) -> str:
        return (
            f"{self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {len(self.refused)} refused"
        )


def import_register(
    *,
    content: bytes,
    name: str,
    by: Person | None,
    now: datetime,
    la_codes: Collection[str] = (),
    dry_run: bool = False,
    report: Report = _silently,
) -> Imported:
    """Bring schools up to an extract; the same extract twice changes nothing.

    Raises RefusedFile, with nothing changed, when the file as a whole can't be trusted. Single
    rows that can't be read are named in the answer, and the others count.
    """
    contents = read_register(content, name=name, la_codes=la_codes)
    sha256 = hashlib.sha256(content).hexdigest()
    sourced_on = contents.published_on or timezone.localtime(now).date()
    plan = compare(contents, sha256=sha256, sourced_on=sourced_on)
    if not dry_run and not plan.changes_nothing:
        with transaction.atomic():
            _lock_authorities(plan)
            if latest_import() != plan.after_import:
                plan = compare(contents, sha256=sha256, sourced_on=sourced_on)
            if not plan.changes_nothing:
                file = _keep_file(plan, name, sha256, contents.published_on, by=by, now=now)
                _write(plan, file, sourced_on, by=by, now=now, report=report)
                record("register imported", file, by=by, at=now, values=_counts(plan))
                transaction.on_commit(forget_choices)
    return Imported(len(plan.new), len(plan.changed), plan.unchanged, tuple(plan.refused))


def _lock_authorities(plan: Plan) -> None:
    """Make two imports of one authority wait for each other."""
    unknown = [each for each in plan.authorities.values() if each.pk is None]
    Authority.objects.bulk_create(unknown, ignore_conflicts=True)
    codes = sorted(plan.authorities)
    rows = Authority.objects.select_for_update().filter(code__in=codes).order_by("code")
    plan.authorities.update({each.code: each for each in rows})


def _keep_file(
    plan: Plan,
    name: str,
    sha256: str,
    published_on: date | None,
    *,
    by: Person | None,
    now: datetime,
) -> RegisterFile:
    return RegisterFile.objects.create(
        name=name[:200],
        sha256=sha256,
        published_on=published_on,
        imported_at=now,
        imported_by=by,
        **_counts(plan),
    )


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "refused": len(plan.refused),
    }


def _write(
    plan: Plan,
    file: RegisterFile,
    sourced_on: date,
    *,
    by: Person | None,
    now: datetime,
    report: Report,
) -> None:
    changed = [change.school for change in plan.changed]
    for school in [*plan.new, *changed]:
        school.authority = plan.authorities[school.authority.code]
        school.source = file
        school.sourced_on = sourced_on
        school.search_text = school.searchable()
    for school in changed:
        school.version += 1
    total = len(plan.new) + len(changed)
    for done, batch in _batches(plan.new):
        School.objects.bulk_create(batch)
        report(done, total)
    for done, batch in _batches(changed):
        School.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
        )
        report(len(plan.new) + done, total)
    for _done, ids in _batches(plan.confirmed):
        School.objects.filter(pk__in=ids).update(source=file, sourced_on=sourced_on)
    events = (_change_event(change, by=by, now=now) for change in plan.changed)
    Event.objects.bulk_create(events, batch_size=BATCH)


def _batches(things: list[Thing]) -> Iterator[tuple[int, list[Thing]]]:
    """The things in batches, each with how many are done after it."""
    for start in range(0, len(things), BATCH):
        batch = things[start : start + BATCH]
        yield start + len(batch), batch


def _change_event(change: Change, *, by: Person | None, now: datetime) -> Event:
    """The register is public, so the event may say each fact before and after."""
    return Event(
        at=now,
        actor_id=by.pk if by else None,
        action="facts changed by the register",
        app="schools",
        model="school",
        thing_id=change.school.pk,
        title=change.school.name,
        fields=sorted(change.facts),
        values={
            fact: [_plain(before), _plain(after)] for fact, (before, after) in change.facts.items()
        },
        school_id=change.school.pk,
    )


def _plain(fact: object) -> object:
    return fact.isoformat() if isinstance(fact, date) else fact
