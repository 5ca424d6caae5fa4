"""A framework is worded: what it is for, its themes, and the labels that reviewers may give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import Framework, Judgement, Theme
from reviews.cycles.services.frameworks import NameTaken, lock_draft, record_framework

NAMES = {Theme: "name", Judgement: "label"}
CALLED = {Theme: "theme", Judgement: "label"}
Worded = Theme | Judgement


class HasItAlready(Exception):
    """The framework has a theme or label of this name."""


@transaction.atomic
def change_framework(
    *,
    framework: Framework,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Framework:
    """Name, what it is for, kinds of evidence; raises ChangedSince when somebody saved meanwhile."""
    lock(framework.alliance)
    current = lock_draft(framework, seen_version=seen_version)
    name = changes.get("name", current.name)
    same = Framework.objects.filter(alliance=current.alliance_id, name__iexact=name)
    if name != current.name and same.exclude(pk=current.pk).exists():
        raise NameTaken
    if changed := apply_changes(current, changes):
        record_framework("framework worded", current, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def add_worded(
    *, kind: type[Worded], framework: Framework, by: Person, now: datetime, **words: str
) -> Worded:
    """A theme or a label more, below the others."""
    current = lock_draft(framework)
    _refuse_twice(kind, current, words[NAMES[kind]])
    others = kind.objects.filter(framework=current)
    place = (others.aggregate(last=Max("place"))["last"] or 0) + 1
    made: Worded = kind.objects.create(framework=current, place=place, **words)
    record_framework(f"{CALLED[kind]} added", current, by=by, now=now)
    return made


@transaction.atomic
def change_worded(
    *,
    thing: Worded,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Worded:
    """Other words for a theme or label; raises ChangedSince when somebody saved meanwhile."""
    kind = type(thing)
    framework = lock_draft(thing.framework)
    current = lock(thing, seen_version=seen_version)
    name = NAMES[kind]
    _refuse_twice(kind, framework, changes.get(name, getattr(current, name)), but=current.pk)
    if changed := apply_changes(current, changes):
        record_framework(f"{CALLED[kind]} worded", framework, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def move_worded(*, thing: Worded, up: bool, by: Person, now: datetime) -> None:
    """Change places with the one above or below; at the end nothing moves."""
    kind = type(thing)
    framework = lock_draft(thing.framework)
    rows: list[Worded] = list(
        kind.objects.select_for_update(of=("self",))
        .filter(framework=framework)
        .order_by("place", "pk")
    )
    at = next((n for n, row in enumerate(rows) if row.pk == thing.pk), None)
    if at is None:
        raise kind.DoesNotExist
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for place, row in enumerate(rows, 1):
        row.place = place
    manager: Any = kind.objects
    manager.bulk_update(rows, ["place"])
    record_framework(f"{CALLED[kind]} moved", framework, by=by, now=now)


@transaction.atomic
def remove_worded(*, thing: Worded, by: Person, now: datetime) -> None:
    """Take a theme or label out of a framework that is still worded."""
    framework = lock_draft(thing.framework)
    current = lock(thing)
    record_framework(f"{CALLED[type(thing)]} removed", framework, by=by, now=now)
    current.delete()


def _refuse_twice(kind: type[Worded], framework: Framework, name: str, *, but: int = 0) -> None:
    same = {"framework": framework, f"{NAMES[kind]}__iexact": name}
    if kind.objects.filter(**same).exclude(pk=but).exists():
        raise HasItAlready
