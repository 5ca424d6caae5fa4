"""What happened to a thing, as its page shows it to whoever may see the thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from partnership.audit.models import Event
from partnership.toolkit.statements import answer

SHOWN = 50


@dataclass(frozen=True)
class PastEvent:
    """One event in words: "meeting moved", by whom, and which fields."""

    at: datetime
    action: str
    who: str
    fields: tuple[str, ...]
    values: dict[str, object]


def _events(kind: type[models.Model], limit: int, *, thing_id: int) -> models.QuerySet[Event]:
    return Event.objects.of(kind(pk=thing_id)).latest_first()[:limit]


def history_of(thing: models.Model, *, limit: int = SHOWN) -> list[PastEvent]:
    """The thing's latest events, newest first, in two queries.

    It asks nobody's permission: show it only on a page that has asked whether the person may see
    the thing, by the thing's own `visible_to`.
    """
    events = answer(_events, type(thing), limit, thing_id=thing.pk)
    names = actor_names(events)
    return [
        PastEvent(
            at=event.at,
            action=event.action[:1].upper() + event.action[1:],
            who=names[event.actor_id],
            fields=tuple(_said(thing, name) for name in event.fields if name != "version"),
            values=event.values,
        )
        for event in events
    ]


def actor_names(events: list[Event]) -> dict[int | None, str]:
    """The name of whoever did each event, by id, in one query; people who were erased have none."""
    ids = {event.actor_id for event in events}
    people = get_user_model().objects.filter(pk__in=ids - {None})
    known: dict[int | None, str] = {person.pk: str(person) for person in people}
    return {
        pk: "The portal" if pk is None else known.get(pk, "Somebody who has left") for pk in ids
    }


def _said(thing: models.Model, name: str) -> str:
    try:
        field = thing._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    return str(getattr(field, "verbose_name", name))
