"""The difference between a file and the register is accepted, whole or in part, or put aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from alliances.schools.choices import forget_choices
from alliances.schools.models import ProposedChange, RegisterFile, RegisterUpdate, School
from alliances.schools.services.bringing import sourced_on
from alliances.schools.services.converting import accept_waiting_conversions
from alliances.schools.services.entries import Entry, Step
from alliances.schools.services.following import apply_steps
from alliances.schools.services.importing import lock_authorities
from alliances.schools.services.writing import Report, Writing, silently
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import lock

Kind = ProposedChange.Kind
State = RegisterUpdate.State
ADDING = (Kind.NEW, Kind.CONVERTED)
CHANGING = (Kind.CHANGED, Kind.CLOSED, Kind.LEFT, Kind.RENAMED, Kind.INSPECTED)
STEPS = (Kind.LINKED, Kind.JOINED, Kind.LEFT, Kind.RENAMED, Kind.INSPECTED)
FACTS = {field.name: field for field in School._meta.concrete_fields}


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
    entries = [_entry(row) for row in taken if row.kind not in STEPS]
    writing.write(
        [entry for entry in entries if entry.kind in ADDING],
        [entry for entry in entries if entry.kind not in ADDING],
    )
    steps = [
        Step(row.kind, row.line, int(row.urn), row.name, row.facts)
        for row in taken
        if row.kind in STEPS
    ]
    apply_steps(steps, file=file, by=by, now=now)
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
    return Entry(
        row.kind, row.line, int(row.urn), row.name, facts, row.predecessor_id, row.successor_id
    )


def _as_kept(name: str, fact: object) -> object:
    if name == "authority" or fact is None:
        return fact
    return FACTS[name].to_python(fact)


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
        new=sum(counts.get(kind, 0) for kind in (*ADDING, Kind.LINKED, Kind.JOINED)),
        changed=sum(counts.get(kind, 0) for kind in CHANGING),
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
