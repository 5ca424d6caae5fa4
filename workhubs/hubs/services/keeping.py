"""Which schools and people of a year may go on into the next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from alliances.membership.models import Alliance, Membership
from partnership.calendar.years import AcademicYear
from workhubs.hubs.models import WorkhubPerson, WorkhubSchool


def places_to_keep(
    years: Collection[int], alliance: Alliance, year: AcademicYear, *, today: date
) -> list[WorkhubSchool]:
    """Places of these years that may go on: not left, of schools that are members then."""
    first_day = max(today, year.first_day)
    members = Membership.objects.on(first_day).filter(alliance=alliance).values("school")
    places = WorkhubSchool.objects.standing(on=year.first_day).filter(
        workhub_year__in=years, school__in=members
    )
    return list(places.select_related("school").order_by("school__name", "pk"))


def people_to_keep(years: Collection[int], year: AcademicYear) -> list[WorkhubPerson]:
    """People of these years who have no last day before the new one."""
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=year.first_day)
    people = WorkhubPerson.objects.filter(goes_on, workhub_year__in=years)
    return list(people.select_related("person").order_by("person__search_name", "pk"))
