"""A file that staff bring is compared with the register, and the difference kept row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import partial
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from alliances.schools.models import ProposedChange, RegisterFile, RegisterUpdate
from alliances.schools.register import (
    RefusedFile,
    RefusedRow,
    day_in,
    kind_of,
    read_register,
)
from alliances.schools.services.comparing import compare
from alliances.schools.services.entries import Entry, Step
from alliances.schools.services.following import compare_steps
from alliances.schools.services.importing import steps_beside
from alliances.schools.services.writing import Report, batches, plain, silently
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.uploads import stored_path
from partnership.toolkit.versions import lock

Kind = ProposedChange.Kind
State = RegisterUpdate.State
LONGEST_SENTENCE = 300


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
        rows = _compared(update, content, now=now)
    except RefusedFile as refusal:
        update.state, update.sentence = State.REFUSED, str(refusal)[:LONGEST_SENTENCE]
        rows = []
    with transaction.atomic():
        if lock(update).state != State.READING:
            return update
        if update.state == State.READING:
            update.state = State.WAITING
        _keep_difference(update, rows, report)
        stored = update.content
        update.content = ""
        update.save()
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))
    return update


def _compared(update: RegisterUpdate, content: bytes, *, now: datetime) -> list[ProposedChange]:
    update.sha256 = hashlib.sha256(content).hexdigest()
    update.kind = kind_of(content)
    if update.kind == RegisterFile.Kind.SCHOOLS:
        return _compared_schools(update, content, now=now)
    update.published_on = update.published_on or day_in(update.name)
    found = compare_steps(content, on=sourced_on(update, now))
    update.unchanged = found.unchanged
    return [*_rows_of_steps(update, found.steps), *_refusals(update, found.refused)]


def _compared_schools(
    update: RegisterUpdate, content: bytes, *, now: datetime
) -> list[ProposedChange]:
    contents = read_register(
        content, name=update.name, la_codes=update.la_codes, published_on=update.published_on
    )
    update.published_on = contents.published_on
    update.layout = contents.layout
    update.facts = list(contents.fields)
    day = sourced_on(update, now)
    plan = compare(contents, sha256=update.sha256, sourced_on=day)
    update.authority_names = plan.authority_names
    update.confirmed = plan.confirmed
    update.unchanged = plan.unchanged
    steps = steps_beside(plan, contents, on=day)
    return [
        *(_row(update, entry) for entry in [*plan.new, *plan.changed]),
        *_rows_of_steps(update, steps),
        *_refusals(update, plan.refused),
    ]


def _row(update: RegisterUpdate, entry: Entry) -> ProposedChange:
    facts = {name: [plain(before), plain(now)] for name, (before, now) in entry.facts.items()}
    return ProposedChange(
        update=update,
        kind=entry.kind,
        line=entry.line,
        urn=str(entry.urn),
        name=entry.name,
        facts=facts,
        predecessor_id=entry.predecessor_id,
        successor_id=entry.successor_id,
    )


def _rows_of_steps(update: RegisterUpdate, steps: Iterable[Step]) -> list[ProposedChange]:
    return [
        ProposedChange(
            update=update,
            kind=step.kind,
            line=step.line,
            urn=str(step.urn),
            name=step.name[:160],
            facts=step.facts,
        )
        for step in steps
    ]


def _refusals(update: RegisterUpdate, refused: Iterable[RefusedRow]) -> list[ProposedChange]:
    return [
        ProposedChange(
            update=update, kind=Kind.REFUSED, line=row.line, urn=row.urn, reason=row.reason[:300]
        )
        for row in refused
    ]


def sourced_on(update: RegisterUpdate, now: datetime) -> date:
    """The day for which a file speaks."""
    return update.published_on or timezone.localtime(now).date()


def _keep_difference(update: RegisterUpdate, rows: list[ProposedChange], report: Report) -> None:
    update.changes.all().delete()
    for done, batch in batches(rows):
        ProposedChange.objects.bulk_create(batch)
        report(done, len(rows))
