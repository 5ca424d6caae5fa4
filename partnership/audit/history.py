"""What happened to a thing, as its page shows it to whoever may see the thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from partnership.audit.models import Event
from partnership.toolkit.statements import answer

SHOWN = 10
WHOLE = 1_000
LEFT = "Somebody who has left"


@dataclass(frozen=True)
class PastEvent:
    """One event in words: "meeting moved", by whom, and which fields."""

    at: datetime
    action: str
    who: str
    fields: tuple[str, ...]
    values: dict[str, object]


def _events(kind: type[models.Model], limit: int, *, thing_id: int) -> models.QuerySet[Event]:
    names = get_user_model().objects.filter(pk=models.OuterRef("actor_id")).values("name")
    events = Event.objects.of(kind(pk=thing_id)).latest_first()
    return events.annotate(actor_name=models.Subquery(names[:1]))[:limit]


class History(list[PastEvent]):
    """A thing's events, the newest first; `has_more` if older ones are not among them."""

    has_more = False
    is_whole = False


def wants_whole_history(query: Mapping[str, str]) -> bool:
    """Whether an address asks for all that happened."""
    return query.get("history") == "all"


def history_of(thing: models.Model, *, whole: bool = False) -> History:
    """The thing's latest events, newest first, in one query; all of them if the page asks so.

    It asks nobody's permission: show it only on a page that has asked whether the person may see
    the thing, by the thing's own `visible_to`.
    """
    limit = WHOLE if whole else SHOWN
    events = answer(_events, type(thing), limit + 1, thing_id=thing.pk)
    history = History(
        PastEvent(
            at=event.at,
            action=event.action[:1].upper() + event.action[1:],
            who="The portal" if event.actor_id is None else event.actor_name or LEFT,
            fields=tuple(_said(thing, name) for name in event.fields if name != "version"),
            values=event.values,
        )
        for event in events[:limit]
    )
    history.has_more = len(events) > limit and not whole
    history.is_whole = whole
    return history


def _said(thing: models.Model, name: str) -> str:
    try:
        field = thing._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    return str(getattr(field, "verbose_name", name))
