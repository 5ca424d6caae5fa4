"""Writing what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from django.db import models

from partnership.audit.models import Event


class Actor(Protocol):
    """Whoever does something: only the id is kept, so that erasure can work."""

    pk: int


def record_export(*, of: str, kind: str, by: models.Model, at: datetime) -> Event:
    """Write that somebody took a list with personal data out of the portal, before it goes."""
    return record("exported", by, by=by, at=at, title=of, values={"file": kind})


def record(
    action: str,
    thing: models.Model,
    *,
    by: Actor | None,
    at: datetime,
    title: str = "",
    fields: Iterable[str] = (),
    values: Mapping[str, object] | None = None,
    school_id: int | None = None,
    alliance_id: int | None = None,
) -> Event:
    """Write one event in the caller's transaction.

    `values` may hold only what anybody who may see the thing may read, as ids and words that
    name no person; `by` is None when the portal itself did it.
    """
    happened = event(
        action,
        thing,
        by=by,
        at=at,
        title=title,
        fields=fields,
        values=values,
        school_id=school_id,
        alliance_id=alliance_id,
    )
    happened.save()
    return happened


def record_many(events: Iterable[Event]) -> None:
    """Write what one act did to many things, in one statement."""
    Event.objects.bulk_create(events, batch_size=1_000)


def event(
    action: str,
    thing: models.Model,
    *,
    by: Actor | None,
    at: datetime,
    title: str = "",
    fields: Iterable[str] = (),
    values: Mapping[str, object] | None = None,
    school_id: int | None = None,
    alliance_id: int | None = None,
) -> Event:
    """One event, for `record_many` to write."""
    meta = thing._meta
    return Event(
        at=at,
        actor_id=by.pk if by is not None else None,
        action=action,
        app=meta.app_label,
        model=meta.model_name or "",
        thing_id=thing.pk,
        title=(title or str(thing))[:200],
        fields=list(fields),
        values=dict(values or {}),
        school_id=school_id,
        alliance_id=alliance_id,
    )
