from datetime import UTC, datetime

import pytest
from django.utils import timezone

import alliances.membership.demo
import alliances.schools.demo
import partnership.invitations.demo
import partnership.people.demo
import support.directory.demo
from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers import DemoClock
from support.directory.models import (
    CapacityAccount,
    LedgerEntry,
    OutsideExpert,
    Practitioner,
    SchoolOffer,
    SharedPost,
)

ROOMS = (
    partnership.people.demo,
    partnership.invitations.demo,
    alliances.schools.demo,
    alliances.membership.demo,
    support.directory.demo,
)
BEGIN_OF_A_YEAR = datetime(2027, 9, 3, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_demo_lists_120_practitioners_with_a_year_of_days_even_in_the_first_week_of_september():
    clock = DemoClock(now=timezone.localtime(BEGIN_OF_A_YEAR))
    for room in ROOMS:
        room.load(clock)

    today = BEGIN_OF_A_YEAR.date()
    year = AcademicYear.containing(today)
    agreed = Practitioner.objects.with_consent(on=today).filter(has_consent=True)
    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert Practitioner.objects.on(today).count() == 120
    assert agreed.count() == 110
    assert CapacityAccount.objects.filter(year=year.start, offered__gt=0).count() == 110
    assert CapacityAccount.objects.filter(year=year.start - 1, delivered__gt=0).count() == 55
    assert kinds == {"offered", "promised", "released", "delivered"}
    assert SchoolOffer.objects.count() == 7
    assert OutsideExpert.objects.count() == 4
    assert SharedPost.objects.count() == 2
