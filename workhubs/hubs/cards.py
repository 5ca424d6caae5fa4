"""Panels: one's own workhubs on the desk, a school's on its page, an alliance's on its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from alliances.membership.models import Alliance
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer
from workhubs.hubs.models import WorkhubPerson, WorkhubSchool, WorkhubYear

SHOWN = 6


class OwnHub(NamedTuple):
    """A workhub as its people's desks show it; `part` is what somebody is in it, or her school."""

    url: str
    name: str
    part: str
    school_count: int


def _in_year(year: AcademicYear, person: Person, *, on: date) -> QuerySet[WorkhubYear]:
    return (
        WorkhubYear.objects.visible_among(person, on=on)
        .in_year(year)
        .select_related("workhub")
        .with_school_count(on=on)
        .order_by("workhub__name", "pk")
    )


def _own(year: AcademicYear, *, person: Person, on: date) -> QuerySet[WorkhubYear]:
    schools = SchoolPost.objects.on(on).filter(person=person).values("school")
    joined = WorkhubSchool.objects.standing(on=on).filter(school__in=schools)
    through = joined.filter(workhub_year=OuterRef("pk")).order_by("school__name", "pk")
    led = WorkhubYear.objects.led_by(person).values("pk")
    own = WorkhubPerson.objects.on(on).filter(person=person)
    hers = led.union(joined.values("workhub_year"), own.values("workhub_year"), all=True)
    rows = _in_year(year, person, on=on).filter(pk__among=hers)
    return rows.annotate(through_school=Subquery(through.values("school__name")[:1]))[: SHOWN + 1]


def _of_school(
    year: AcademicYear, *, person: Person, school: School, on: date
) -> QuerySet[WorkhubYear]:
    places = WorkhubSchool.objects.standing(on=on).filter(school=school)
    rows = _in_year(year, person, on=on)
    return rows.filter(pk__among=places.values("workhub_year"))[: SHOWN + 1]


def _of_alliance(
    year: AcademicYear, *, person: Person, alliance: Alliance, on: date
) -> QuerySet[WorkhubYear]:
    rows = _in_year(year, person, on=on).filter(workhub__alliance=alliance)
    return rows.select_related("workhub", "lead")[: SHOWN + 1]


def _card(template: str, found: list[WorkhubYear], **context: object) -> Card | None:
    if not found:
        return None
    shown = {"workhub_years": found[:SHOWN], "has_more": len(found) > SHOWN}
    return Card(f"hubs/includes/{template}.html", {**shown, **context})


def own_workhubs(person: Person, _thing: None, now: datetime) -> Card | None:
    """Those she leads or takes part in, and those of her schools, with the school."""
    today = now.astimezone(UK).date()
    rows = answer(_own, AcademicYear.containing(today), person=person, on=today)
    return _card("_card_desk", rows, lines=tuple(_line(row, person) for row in rows[:SHOWN]))


def _line(row: Any, person: Person) -> OwnHub:
    parts = {row.deputy_id: "Deputy", row.lead_id: "Lead"}
    part = parts.get(person.pk) or row.through_school or "You take part"
    return OwnHub(row.get_absolute_url(), row.workhub.name, part, row.school_count)


def workhubs_of_school(person: Person, school: School, now: datetime) -> Card | None:
    """The workhubs of this year that a school takes part in, as far as she may see them."""
    today = now.astimezone(UK).date()
    year = AcademicYear.containing(today)
    rows = answer(_of_school, year, person=person, school=school, on=today)
    return _card("_card_school", rows, academic_year=year)


def workhubs_of_alliance(person: Person, alliance: Alliance, now: datetime) -> Card | None:
    """An alliance's workhubs of this year, for those who belong to it."""
    today = now.astimezone(UK).date()
    year = AcademicYear.containing(today)
    rows = answer(_of_alliance, year, person=person, alliance=alliance, on=today)
    return _card("_card_alliance", rows, academic_year=year, alliance=alliance)


CARDS = (
    CardKind(key="hubs.own", place="desk", card=own_workhubs),
    CardKind(key="hubs.school", place="school", card=workhubs_of_school),
    CardKind(key="hubs.alliance", place="alliance", card=workhubs_of_alliance),
)
