"""Files of links and of trusts: compared and applied as files of schools are."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alliances.schools.models import ProposedChange, RegisterFile
from alliances.schools.register import day_in, kind_of, read_links, read_trusts
from alliances.schools.services.entries import Imported, Step, Steps
from alliances.schools.services.grouping import apply_groups, compare_groups
from alliances.schools.services.linking import apply_links, compare_links
from alliances.schools.services.reading_inspections import apply_inspections
from partnership.audit.services import record
from partnership.people.models import Person

Kind = ProposedChange.Kind
NEW = (Kind.LINKED, Kind.JOINED)


def compare_steps(content: bytes, *, on: date) -> Steps:
    """What a file of links or of trusts would do."""
    if kind_of(content) == RegisterFile.Kind.LINKS:
        return compare_links(*read_links(content))
    return compare_groups(*read_trusts(content), on=on)


def apply_steps(steps: list[Step], *, file: RegisterFile, by: Person | None, now: datetime) -> int:
    """Do it, in the caller's transaction."""
    links = [step for step in steps if step.kind == Kind.LINKED]
    inspections = [step for step in steps if step.kind == Kind.INSPECTED]
    groups = [step for step in steps if step.kind not in (Kind.LINKED, Kind.INSPECTED)]
    done = apply_links(links, file=file) if links else 0
    done += apply_inspections(inspections, file=file, by=by, now=now) if inspections else 0
    return done + apply_groups(groups, file=file)


@transaction.atomic
def import_steps(
    *,
    content: bytes,
    name: str,
    by: Person | None,
    now: datetime,
    published_on: date | None,
    dry_run: bool,
) -> Imported:
    """Bring links, trusts and federations up to a file; the same file twice changes nothing."""
    published_on = published_on or day_in(name)
    on = published_on or timezone.localtime(now).date()
    found = compare_steps(content, on=on)
    new = sum(step.kind in NEW for step in found.steps)
    imported = Imported(
        new,
        len(found.steps) - new,
        found.unchanged,
        tuple(found.refused),
        tuple(found.steps),
    )
    if found.steps and not dry_run:
        file = RegisterFile.objects.create(
            name=name[:200],
            kind=kind_of(content),
            sha256=hashlib.sha256(content).hexdigest(),
            published_on=published_on,
            imported_at=now,
            imported_by=by,
            new=imported.new,
            changed=imported.changed,
            unchanged=imported.unchanged,
            refused=len(imported.refused),
        )
        apply_steps(found.steps, file=file, by=by, now=now)
        record("register imported", file, by=by, at=now)
    return imported
