"""Somebody leaves her school: the workhubs that she leads pass on."""

from __future__ import annotations

from datetime import datetime

from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Held, Leaver
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.permissions import can_edit_workhub
from workhubs.hubs.services.founding import edit_workhub


def workhubs_led(leaver: Leaver) -> list[Held]:
    """Years of workhubs, not past ones, that she leads."""
    this_year = AcademicYear.containing(leaver.today).start
    years = WorkhubYear.objects.filter(lead=leaver.person, year__gte=this_year)
    years = years.select_related("workhub__alliance").order_by("workhub__name", "year", "pk")
    return [
        Held(year.pk, f"{year.workhub}, {year.academic_year}", (PASS, STAY, END))
        for year in years
        if leaver.by.is_staff or can_edit_workhub(leaver.by, year, leaver.today)
    ]


def pass_on_workhub(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows leads that year of the workhub, unless somebody else does already."""
    years = WorkhubYear.objects.filter(pk=key, lead=leaver.person).select_related("workhub__body")
    year = years.first()
    if year is None:
        return 0
    edit_workhub(workhub_year=year, changes={"lead": to}, by=leaver.by, now=now)
    return 1
