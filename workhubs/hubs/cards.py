"""Panels: one's own workhubs on the desk, a school's on its page, an alliance's on its page."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alliances.membership.models import Alliance
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from workhubs.hubs.models import WorkhubSchool, WorkhubYear

SHOWN = 6


def _this_year(person: Person, *, on: date) -> QuerySet[WorkhubYear]:
    return (
        WorkhubYear.objects.visible_to(person, on=on)
        .in_year(AcademicYear.containing(on))
        .select_related("workhub")
        .with_school_count(on=on)
    )


def _card(template: str, rows: QuerySet[WorkhubYear], **context: object) -> Card | None:
    found = list(rows[: SHOWN + 1])
    if not found:
        return None
    shown = {"workhub_years": found[:SHOWN], "has_more": len(found) > SHOWN}
    return Card(f"hubs/includes/{template}.html", {**shown, **context})


def own_workhubs(person: Person, _thing: None, now: datetime) -> Card | None:
    """Those she leads first, then those that her schools take part in, with the school."""
    today = now.astimezone(UK).date()
    schools = SchoolPost.objects.on(today).filter(person=person).values("school")
    through = (
        WorkhubSchool.objects.joined(on=today)
        .filter(workhub_year=OuterRef("pk"), school__in=schools)
        .order_by("school__name", "pk")
        .values("school__name")
    )
    rows = _this_year(person, on=today).annotate(through_school=Subquery(through[:1]))
    mine = rows.filter(Q(lead=person) | Q(through_school__isnull=False))
    return _card("_card_desk", mine.order_by("workhub__name", "pk"), person=person)


def workhubs_of_school(person: Person, school: School, now: datetime) -> Card | None:
    """The workhubs of this year that a school takes part in, as far as she may see them."""
    today = now.astimezone(UK).date()
    places = WorkhubSchool.objects.joined(on=today).filter(school=school)
    rows = _this_year(person, on=today).filter(pk__in=places.values("workhub_year"))
    year = AcademicYear.containing(today)
    return _card("_card_school", rows.order_by("workhub__name", "pk"), academic_year=year)


def workhubs_of_alliance(person: Person, alliance: Alliance, now: datetime) -> Card | None:
    """An alliance's workhubs of this year, for those who belong to it."""
    today = now.astimezone(UK).date()
    rows = _this_year(person, on=today).filter(workhub__alliance=alliance).select_related("lead")
    year = AcademicYear.containing(today)
    return _card(
        "_card_alliance",
        rows.order_by("workhub__name", "pk"),
        academic_year=year,
        alliance=alliance,
    )


CARDS = (
    CardKind(key="hubs.own", place="desk", card=own_workhubs),
    CardKind(key="hubs.school", place="school", card=workhubs_of_school),
    CardKind(key="hubs.alliance", place="alliance", card=workhubs_of_alliance),
)
