"""Panels: the coming meetings of an alliance, for those who may see them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from alliances.meetings.models import Meeting
from alliances.membership.models import Alliance
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer

SHOWN = 5


def _rows(*, person: Person, alliance: Alliance, on: date, now: datetime) -> QuerySet[Meeting]:
    visible = Meeting.objects.visible_to(person, on=on)
    coming = visible.filter(body__alliance=alliance, state__in=Meeting.LIVE_STATES, ends_at__gt=now)
    return coming.select_related("body").order_by("starts_at", "pk")[:SHOWN]


def _coming(person: Person, alliance: Alliance, now: datetime) -> Card | None:
    on = now.astimezone(UK).date()
    rows = answer(_rows, person=person, alliance=alliance, on=on, now=now)
    return Card("meetings/includes/_coming_card.html", {"meetings": rows}) if rows else None


CARDS = (CardKind("meetings.coming", "alliance", _coming),)
