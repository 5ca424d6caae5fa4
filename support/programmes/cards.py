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
from support.programmes.duties.rows import PANEL
from support.programmes.models import Programme, ProgrammeQuerySet, Stage

SHOWN = 5
COLUMNS = ("pk", "school__name", "area__name", "stage", "asked_at")


def _own(*, person: Person, on: date) -> QuerySet[Programme, Any]:
    return _rows(Programme.objects.visible_to(person, on=on).standing())


def _of_school(*, person: Person, school: School, on: date) -> QuerySet[Programme, Any]:
    seen = Programme.objects.visible_to(person, on=on)
    return _rows(seen.filter(school=school))


def _rows(programmes: ProgrammeQuerySet) -> QuerySet[Programme, Any]:
    """The newest few; their names are looked up once it is known which they are."""
    newest = programmes.order_by("-asked_at", "-pk").values("pk")[: SHOWN + 1]
    rows = Programme.objects.filter(pk__in=newest).with_stage().order_by("-asked_at", "-pk")
    return rows.values_list(*COLUMNS, named=True)


def _card(rows: list[Any], template: str) -> Card | None:
    if not rows:
        return None
    shown = tuple((row, Stage(row.stage).label) for row in rows[:SHOWN])
    return Card(template, {"programmes": shown, "has_more": len(rows) > SHOWN})


def own_programmes(person: Person, _thing: None, now: datetime) -> Card | None:
    """Those in which she has a part and that still stand, the newest first."""
    rows = answer(_own, person=person, on=now.astimezone(UK).date())
    return _card(rows, "programmes/includes/_card_desk.html")


def programmes_of_school(person: Person, school: Any, now: datetime) -> Card | None:
    """The school's programmes, for its own side and for directors, as far as they have a part.

    Whether she acts for the school or directs one of its alliances the school knows itself.
    """
    if not (school.is_hers or school.is_directed):
        return None
    rows = answer(_of_school, person=person, school=school, on=now.astimezone(UK).date())
    return _card(rows, "programmes/includes/_card_school.html")


CARDS = (
    CardKind(key=PANEL, place="desk", card=own_programmes),
    CardKind(key="programmes.school", place="school", card=programmes_of_school),
)
