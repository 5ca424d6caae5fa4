"""What this room moves when a school becomes another: its own term dates and INSET days."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from alliances.schools.models import School, SchoolCalendar
from alliances.schools.owners import SCHOOLS_KEY
from partnership.calendar.calendars import dates_for
from partnership.calendar.services import Settled, settle_year
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers.owners import owner_kinds


def own_term_dates(school: School) -> QuerySet[SchoolCalendar, SchoolCalendar]:
    """The calendar of a school that differs from its authority, if it does."""
    return SchoolCalendar.objects.filter(school=school)


def pass_on_term_dates(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """The years from the first day on hold for the school after too; past ones stay behind."""
    find, before, after = owner_kinds()[SCHOOLS_KEY].find_many, str(school.urn), str(to.urn)
    dates = dates_for(find([before])[before].reference)
    this = AcademicYear.containing(on).start
    years = [year for year in sorted(dates.own) if year >= this and dates.knows(year)]
    for year in years:
        settled = Settled(
            half_terms={
                each.number: (each.starts_on, each.ends_on) for each in dates.half_terms_of(year)
            },
            inset_days=dates.inset_days_of(year),
            source=dates.own[year].source,
            is_example=dates.own[year].is_example,
        )
        settle_year(owner=find([after])[after], year=year, settled=settled, by=by, now=now)
    return len(years)
