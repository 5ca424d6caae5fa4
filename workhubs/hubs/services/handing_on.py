"""On the first day of an academic year its leads take over the workhubs' bodies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services.seating import carry_to_body


def let_new_leads_begin(*, now: datetime) -> int:
    """Bodies whose year has other leads than they have; how many changed. It may run twice."""
    year = AcademicYear.containing(now.astimezone(UK).date())
    differs = ~Q(workhub__body__lead=F("lead")) | ~Q(workhub__body__deputy=F("deputy"))
    missing = (
        Q(lead__isnull=True, workhub__body__lead__isnull=False)
        | Q(lead__isnull=False, workhub__body__lead__isnull=True)
        | Q(deputy__isnull=True, workhub__body__deputy__isnull=False)
        | Q(deputy__isnull=False, workhub__body__deputy__isnull=True)
    )
    years = WorkhubYear.objects.in_year(year).filter(differs | missing, workhub__closed_on=None)
    changed = 0
    for each in years.select_related("workhub__body").order_by("pk"):
        with transaction.atomic():
            carry_to_body(each.workhub, by=None, now=now)
        changed += 1
    return changed
