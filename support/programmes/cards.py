"""Panels: one's own programmes on the desk, and a school's on its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from alliances.schools.models import School
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer
from support.programmes.models import Programme, Stage
from support.programmes.rows import rows_of, standing_now

SHOWN = 5


def _own(*, person: Person, on: date) -> QuerySet[Programme, Any]:
    return standing_now(person=person, on=on)[: SHOWN + 1]


def _of_school(*, person: Person, school: School, on: date) -> QuerySet[Programme, Any]:
    seen = Programme.objects.visible_to(person, on=on)
    return rows_of(seen.filter(school=school), "")[: SHOWN + 1]


def _card(rows: list[Any], template: str) -> Card | None:
    if not rows:
        return None
    shown = [(row, Stage(row.stage).label) for row in rows[:SHOWN]]
    return Card(template, {"programmes": shown, "has_more": len(rows) > SHOWN})


def own_programmes(person: Person, _thing: None, now: datetime) -> Card | None:
    """Those in which she has a part and that still stand, the newest first."""
    rows = answer(_own, person=person, on=now.astimezone(UK).date())
    return _card(rows, "programmes/includes/_card_desk.html")


def programmes_of_school(person: Person, school: School, now: datetime) -> Card | None:
    """The school's programmes, for those who have a part in them."""
    rows = answer(_of_school, person=person, school=school, on=now.astimezone(UK).date())
    return _card(rows, "programmes/includes/_card_school.html")


CARDS = (
    CardKind(key="programmes.own", place="desk", card=own_programmes),
    CardKind(key="programmes.school", place="school", card=programmes_of_school),
)
