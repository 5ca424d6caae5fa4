"""Somebody leaves her school: the workhubs that she leads pass on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import AlliancePost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, HeldRow, Leaver, held_rows, offered
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services.founding import edit_workhub

WORKHUBS_LED = "hubs.leads"


def workhubs_led(leaver: Leaver) -> QuerySet[WorkhubYear, Any]:
    """Years of workhubs, not past ones, that she leads."""
    this_year = AcademicYear.containing(leaver.today).start
    years = WorkhubYear.objects.filter(lead=leaver.person, year__gte=this_year)
    if not leaver.by.is_staff:
        posts = AlliancePost.objects.on(leaver.today).filter(person=leaver.by)
        office = posts.filter(kind__in=OFFICE_POSTS).values("alliance")
        years = years.filter(Q(lead=leaver.by) | Q(workhub__alliance__in=office))
    return held_rows(
        years,
        kind=WORKHUBS_LED,
        name="workhub__name",
        about="year",
        choices=offered(PASS, STAY, END),
    )


def said_of_workhub(row: HeldRow) -> str:
    """The workhub and its year."""
    return f"{row.name}, {AcademicYear(int(row.about))}"


def pass_on_workhub(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows leads that year of the workhub, unless somebody else does already."""
    years = WorkhubYear.objects.filter(pk=key, lead=leaver.person).select_related("workhub__body")
    year = years.first()
    if year is None:
        return 0
    edit_workhub(workhub_year=year, changes={"lead": to}, by=leaver.by, now=now)
    return 1
