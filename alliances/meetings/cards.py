"""Panels: the coming meetings of an alliance, for those who may see them."""

from __future__ import annotations

from datetime import datetime

from alliances.meetings.models import Meeting
from alliances.membership.models import Alliance
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind

SHOWN = 5


def _coming(person: Person, alliance: Alliance, now: datetime) -> Card | None:
    meetings = (
        Meeting.objects.visible_to(person, on=now.astimezone(UK).date())
        .filter(body__alliance=alliance, state=Meeting.State.CALLED, ends_at__gt=now)
        .select_related("body")
        .order_by("starts_at", "pk")[:SHOWN]
    )
    if not (rows := list(meetings)):
        return None
    return Card("meetings/includes/_coming_card.html", {"meetings": rows})


CARDS = (CardKind("meetings.coming", "alliance", _coming),)
