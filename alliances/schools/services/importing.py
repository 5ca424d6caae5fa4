"""Importing an extract of the national register: read whole, compared, then written at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from alliances.schools.choices import forget_choices
from alliances.schools.models import Authority, RegisterFile
from alliances.schools.register import Contents, kind_of, read_register
from alliances.schools.services.comparing import compare, latest_import
from alliances.schools.services.entries import Imported, Plan, Step
from alliances.schools.services.following import apply_steps, import_steps
from alliances.schools.services.grouping import compare_groups
from alliances.schools.services.reading_inspections import compare_inspections
from alliances.schools.services.writing import Report, Writing, silently
from partnership.audit.services import record
from partnership.people.models import Person


def import_register(
    *,
    content: bytes,
    name: str,
    by: Person | None,
    now: datetime,
    la_codes: Collection[str] = (),
    published_on: date | None = None,
    dry_run: bool = False,
    with_inspections: bool = True,
    report: Report = silently,
) -> Imported:
    """Bring schools up to an extract; the same extract twice changes nothing.

    Raises RefusedFile, with nothing changed, when the file as a whole can't be trusted. Single
    rows that can't be read are named in the answer, and the others count. A conversion that it
    finds waits to be accepted by portal staff. Results of inspections, which older files have, may
    be left out.
    """
    if kind_of(content) != RegisterFile.Kind.SCHOOLS:
        return import_steps(
            content=content, name=name, by=by, now=now, published_on=published_on, dry_run=dry_run
        )
    contents = read_register(content, name=name, la_codes=la_codes, published_on=published_on)
    sha256 = hashlib.sha256(content).hexdigest()
    sourced_on = contents.published_on or timezone.localtime(now).date()
    plan = compare(contents, sha256=sha256, sourced_on=sourced_on)
    beside = partial(steps_beside, on=sourced_on, with_inspections=with_inspections)
    steps = beside(plan, contents)
    if not dry_run and (steps or not plan.changes_nothing):
        with transaction.atomic():
            authorities = lock_authorities(plan.authority_names)
            if latest_import() != plan.after_import:
                plan = compare(contents, sha256=sha256, sourced_on=sourced_on)
                steps = beside(plan, contents)
            if steps or not plan.changes_nothing:
                file = _keep_file(plan, contents, name, sha256, by=by, now=now)
                _write(plan, Writing(file, sourced_on, authorities, by, now, report))
                apply_steps(steps, file=file, by=by, now=now)
                record("register imported", file, by=by, at=now, values=counts_of(plan))
                transaction.on_commit(forget_choices)
    return _imported(plan, steps)


def steps_beside(
    plan: Plan, contents: Contents, *, on: date, with_inspections: bool = True
) -> list[Step]:
    """What a file of schools says beside their facts: trusts, federations and inspections.

    Inspections that can't be kept are added to what the plan refuses.
    """
    new = {entry.urn: entry.name for entry in plan.new}
    steps = [
        step
        for columns in contents.groups
        for step in compare_groups(
            columns.rows, on=on, in_none=columns.in_none, kind=columns.kind, new=new
        ).steps
    ]
    if with_inspections:
        told = compare_inspections(contents, plan)
        plan.refused += told.refused
        steps += told.steps
    return steps


def _write(plan: Plan, writing: Writing) -> None:
    writing.file.authorities.set(writing.authorities.values())
    writing.write(plan.new, plan.changed)
    writing.confirm(plan.confirmed)


def _imported(plan: Plan, steps: list[Step]) -> Imported:
    """A school that only joins or leaves a group, or was inspected, counts as changed."""
    told = {entry.urn for entry in (*plan.new, *plan.changed)}
    moved = len({step.urn for step in steps} - told)
    return Imported(
        len(plan.new),
        len(plan.changed) + moved,
        plan.unchanged - moved,
        tuple(plan.refused),
        tuple(sorted([*plan.new, *plan.changed, *steps], key=lambda entry: entry.line)),
    )


def lock_authorities(names: dict[str, str]) -> dict[str, Authority]:
    """Each authority by its code, added if unknown: two imports of one wait for each other."""
    Authority.objects.bulk_create(
        [Authority(code=code, name=name) for code, name in names.items()], ignore_conflicts=True
    )
    rows = Authority.objects.select_for_update().filter(code__in=names).order_by("code")
    return {each.code: each for each in rows}


def _keep_file(
    plan: Plan,
    contents: Contents,
    name: str,
    sha256: str,
    *,
    by: Person | None,
    now: datetime,
) -> RegisterFile:
    return RegisterFile.objects.create(
        name=name[:200],
        sha256=sha256,
        published_on=contents.published_on,
        layout=contents.layout,
        facts=list(contents.fields),
        imported_at=now,
        imported_by=by,
        **counts_of(plan),
    )


def counts_of(plan: Plan) -> dict[str, int]:
    """How many schools came out how."""
    return {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "refused": len(plan.refused),
    }
