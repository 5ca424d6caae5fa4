"""Panels: an alliance’s groups with their next meetings, for those who may see them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from alliances.meetings.models import Body, Meeting
from alliances.membership.models import Alliance
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer

SHOWN = 8


def _rows(*, person: Person, alliance: Alliance, on: date, now: datetime) -> QuerySet[Body]:
    live = Meeting.objects.filter(body=OuterRef("pk"), state__in=Meeting.LIVE_STATES)
    coming = live.filter(ends_at__gt=now).order_by("starts_at", "pk")
    facts = {
        f"next_{name}": Subquery(coming.values(name)[:1]) for name in ("pk", "title", "starts_at")
    }
    visible = Body.objects.visible_among(person, on=on).open_on(on).filter(alliance=alliance)
    bodies = visible.with_place_count(on=on).annotate(**facts)
    return bodies.order_by(F("next_starts_at").asc(nulls_last=True), "name", "pk")[: SHOWN + 1]


def _groups(person: Person, alliance: Alliance, now: datetime) -> Card | None:
    """Those in which she sits or which she runs, the next to meet first."""
    on = now.astimezone(UK).date()
    rows = answer(_rows, person=person, alliance=alliance, on=on, now=now)
    if not rows:
        return None
    context = {"bodies": rows[:SHOWN], "has_more": len(rows) > SHOWN, "alliance": alliance}
    return Card("meetings/includes/_groups_card.html", context)


CARDS = (CardKind("meetings.groups", "alliance", _groups),)
