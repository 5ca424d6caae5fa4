"""Invented schools, beside which anything that judges a school may stand in a demo."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alliances.schools.models import Authority, School
from partnership.audit.services import record
from partnership.people.models import Person

FIRST_EXAMPLE_URN = 900_001


@transaction.atomic
def found_example_school(
    *,
    name: str,
    authority: Authority,
    by: Person | None,
    now: datetime,
    phase: str = "Primary",
    type: str = "Community school",  # noqa: A002 the register's own word
    low_age: int = 3,
    high_age: int = 11,
    locality: str = "",
    town: str = "",
    postcode: str = "",
) -> School:
    """Add an invented school under the next number from 900001 up; no import touches it."""
    taken = School.objects.filter(is_example=True).aggregate(last=Max("urn"))["last"]
    school = School.objects.create(
        urn=taken + 1 if taken else FIRST_EXAMPLE_URN,
        name=name,
        authority=authority,
        status="Open",
        phase=phase,
        type=type,
        low_age=low_age,
        high_age=high_age,
        gender="Mixed",
        locality=locality,
        town=town,
        postcode=postcode,
        is_example=True,
        sourced_on=timezone.localtime(now).date(),
    )
    record("example school founded", school, by=by, at=now, school_id=school.pk)
    return school
