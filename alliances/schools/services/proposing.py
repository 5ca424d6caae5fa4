"""A file that staff bring: compared with the register, shown, then accepted whole or in part."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from alliances.schools.choices import forget_choices
from alliances.schools.models import ProposedChange, RegisterFile, RegisterUpdate, School
from alliances.schools.register import RefusedFile, RefusedRow, read_register
from alliances.schools.services.comparing import compare
from alliances.schools.services.converting import accept_waiting_conversions
from alliances.schools.services.entries import Entry
from alliances.schools.services.importing import lock_authorities
from alliances.schools.services.writing import Report, Writing, batches, plain, silently
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.uploads import stored_path
from partnership.toolkit.versions import lock

Kind = ProposedChange.Kind
State = RegisterUpdate.State
ADDING = (Kind.NEW, Kind.CONVERTED)
LONGEST_SENTENCE = 300


class NotWaiting(Exception):
    """The file isn't read yet, or is accepted, refused or put aside already."""


@dataclass
class Accepted:
    """What came of accepting: how many rows were applied, and which had to be left."""

    applied: int = 0
    left: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rows = "1 row" if self.applied == 1 else f"{self.applied} rows"
        left = f"; {len(self.left)} left, because the register has changed" if self.left else ""
        return f"{rows} applied{left}."


@transaction.atomic
def bring_register_file(
    *,
    content: IO[bytes],
    name: str,
    by: Person,
    now: datetime,
    published_on: date | None = None,
    la_codes: Collection[str] = (),
) -> RegisterUpdate:
    """Keep a file until it has been compared with the register."""
    update = RegisterUpdate(
        name=name[:200],
        published_on=published_on,
        la_codes=sorted(la_codes),
        brought_by=by,
        brought_at=now,
    )
    update.content.save(stored_path("register", "csv"), File(content), save=False)
    update.save()
    record("register file brought", update, by=by, at=now)
    return update


def read_register_update(
    *, update: RegisterUpdate, now: datetime, report: Report = silently
) -> RegisterUpdate:
    """Compare a brought file with the register and keep the difference, or say why not.

    Nothing of the register changes. It may be begun again after it was killed.
    """
    if update.state != State.READING:
        return update
    with update.content.open() as file:
        content = file.read()
    try:
        entries, refused = _compared(update, content, now=now)
    except RefusedFile as refusal:
        update.state, update.sentence = State.REFUSED, str(refusal)[:LONGEST_SENTENCE]
        entries, refused = [], []
    with transaction.atomic():
        if lock(update).state != State.READING:
            return update
        if update.state == State.READING:
            update.state = State.WAITING
        _keep_difference(update, entries, refused, report)
        stored = update.content
        update.content = ""
        update.save()
        transaction.on_commit(lambda: stored.storage.delete(stored.name))
    return update


def _compared(
    update: RegisterUpdate, content: bytes, *, now: datetime
) -> tuple[list[Entry], list[RefusedRow]]:
    contents = read_register(
        content, name=update.name, la_codes=update.la_codes, published_on=update.published_on
    )
    update.sha256 = hashlib.sha256(content).hexdigest()
    update.published_on = contents.published_on
    update.layout = contents.layout
    update.facts = list(contents.fields)
    plan = compare(contents, sha256=update.sha256, sourced_on=sourced_on(update, now))
    update.authority_names = plan.authority_names
    update.confirmed = plan.confirmed
    update.unchanged = plan.unchanged
    return [*plan.new, *plan.changed], plan.refused


def sourced_on(update: RegisterUpdate, now: datetime) -> date:
    """The day for which a file speaks."""
    return update.published_on or timezone.localtime(now).date()


def _keep_difference(
    update: RegisterUpdate, entries: list[Entry], refused: list[RefusedRow], report: Report
) -> None:
    update.changes.all().delete()
    rows = [
        ProposedChange(
            update=update,
            kind=entry.kind,
            line=entry.line,
            urn=str(entry.urn),
            name=entry.name,
            facts={
                name: [plain(before), plain(after)] for name, (before, after) in entry.facts.items()
            },
            predecessor_id=entry.predecessor_id,
        )
        for entry in entries
    ]
    rows += [
        ProposedChange(
            update=update, kind=Kind.REFUSED, line=row.line, urn=row.urn, reason=row.reason[:300]
        )
        for row in refused
    ]
    for done, batch in batches(rows):
        ProposedChange.objects.bulk_create(batch)
        report(done, len(rows))


@transaction.atomic
def accept_register_update(
    *,
    update: RegisterUpdate,
    by: Person,
    now: datetime,
    chosen: Collection[int] | None = None,
    kind: str = "",
    report: Report = silently,
) -> Accepted:
    """Apply all that waits, all of one kind, or the chosen rows, in one transaction.

    A row whose school was changed since it was compared is left and says so; conversions among
    the rows are accepted with them.
    """
    update = lock(update)
    if update.state != State.WAITING:
        raise NotWaiting
    rows = update.changes.waiting().order_by("line", "pk")
    if chosen is not None:
        rows = rows.filter(pk__in=chosen)
    if kind:
        rows = rows.filter(kind=kind)
    taken = list(rows)
    authorities = lock_authorities(update.authority_names)
    file = update.file or _keep_file(update, by=by, now=now)
    file.authorities.set(authorities.values())
    writing = Writing(file, sourced_on(update, now), authorities, by, now, report)
    entries = [_entry(row) for row in taken]
    writing.write(
        [entry for entry in entries if entry.kind in ADDING],
        [entry for entry in entries if entry.kind not in ADDING],
    )
    if update.file is None:
        writing.confirm(update.confirmed)
    converted = [entry.urn for entry in entries if entry.kind == Kind.CONVERTED]
    accept_waiting_conversions(successors=converted, by=by, now=now)
    accepted = _mark(taken, writing.left, now=now)
    _close_if_done(update, file, accepted, by=by, now=now)
    return accepted


def _entry(row: ProposedChange) -> Entry:
    facts = {
        name: (_as_kept(name, before), _as_kept(name, after))
        for name, (before, after) in row.facts.items()
    }
    return Entry(row.kind, row.line, int(row.urn), row.name, facts, row.predecessor_id)


def _as_kept(name: str, fact: object) -> object:
    if name == "authority" or fact is None:
        return fact
    return School._meta.get_field(name).to_python(fact)


def _keep_file(update: RegisterUpdate, *, by: Person, now: datetime) -> RegisterFile:
    counts = update.changes.all().counts()
    return RegisterFile.objects.create(
        name=update.name,
        kind=update.kind,
        sha256=update.sha256,
        published_on=update.published_on,
        layout=update.layout,
        facts=update.facts,
        imported_at=now,
        imported_by=by,
        new=sum(counts.get(kind, 0) for kind in ADDING),
        changed=counts.get(Kind.CHANGED, 0) + counts.get(Kind.CLOSED, 0),
        unchanged=update.unchanged,
        refused=counts.get(Kind.REFUSED, 0),
    )


def _mark(rows: Iterable[ProposedChange], left: dict[int, str], *, now: datetime) -> Accepted:
    accepted = Accepted()
    for row in rows:
        row.reason = left.get(int(row.urn), "")
        if row.reason:
            accepted.left.append(f"{row.name}: {row.reason}")
        else:
            row.applied_at = now
            accepted.applied += 1
    ProposedChange.objects.bulk_update(rows, ["reason", "applied_at"], batch_size=500)
    return accepted


def _close_if_done(
    update: RegisterUpdate, file: RegisterFile, accepted: Accepted, *, by: Person, now: datetime
) -> None:
    update.file = file
    if not update.changes.waiting().exists():
        update.state = State.APPLIED
    update.save(update_fields=["file", "state"])
    record(
        "register difference accepted",
        update,
        by=by,
        at=now,
        values={"applied": accepted.applied, "left": len(accepted.left)},
    )
    transaction.on_commit(forget_choices)


@transaction.atomic
def put_aside_register_update(
    *, update: RegisterUpdate, by: Person, now: datetime
) -> RegisterUpdate:
    """Leave the rest of a file unaccepted; what was accepted stays."""
    update = lock(update)
    if update.state not in (State.READING, State.WAITING):
        raise NotWaiting
    update.state = State.PUT_ASIDE
    update.save(update_fields=["state"])
    record("register file put aside", update, by=by, at=now)
    return update
