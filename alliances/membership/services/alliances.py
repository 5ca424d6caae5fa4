"""Founding and wording an alliance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alliances.membership.models import Alliance
from alliances.schools.choices import forget_choices
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class NameTaken(Exception):
    """Another alliance has this address already."""


@transaction.atomic
def found_alliance(
    *,
    name: str,
    kind: str,
    by: Person | None,
    now: datetime,
    slug: str = "",
    area: str = "",
    vision: str = "",
    aims: str = "",
    shared_values: str = "",
) -> Alliance:
    """Begin an alliance under an address of its own, made from its name."""
    address = slug or slugify(name) or "alliance"
    if Alliance.objects.filter(slug=address).exists():
        raise NameTaken
    alliance = Alliance.objects.create(
        name=name,
        slug=address,
        kind=kind,
        area=area,
        vision=vision,
        aims=aims,
        shared_values=shared_values,
    )
    record("founded", alliance, by=by, at=now, values={"kind": kind}, alliance_id=alliance.pk)
    transaction.on_commit(forget_choices)
    return alliance


def edit_alliance(
    *,
    alliance: Alliance,
    changes: dict[str, Any],
    seen_version: int,
    by: Person,
    now: datetime,
) -> Alliance:
    """Word an alliance anew; raises ChangedSince when somebody saved after it was opened."""
    return _change(alliance, changes, by=by, now=now, seen_version=seen_version)


def change_alliance(
    *, alliance: Alliance, changes: dict[str, Any], by: Person | None, now: datetime
) -> Alliance:
    """Put right what portal staff entered, whatever version they saw."""
    return _change(alliance, changes, by=by, now=now, seen_version=None)


@transaction.atomic
def _change(
    alliance: Alliance,
    changes: dict[str, Any],
    *,
    by: Person | None,
    now: datetime,
    seen_version: int | None,
) -> Alliance:
    alliance = lock(alliance, seen_version=seen_version)
    before = {name: getattr(alliance, name) for name in changes}
    if changed := apply_changes(alliance, changes):
        record(
            "alliance changed",
            alliance,
            by=by,
            at=now,
            fields=changed,
            values={name: [before[name], changes[name]] for name in changed},
            alliance_id=alliance.pk,
        )
        if "name" in changed:
            transaction.on_commit(forget_choices)
    return alliance
