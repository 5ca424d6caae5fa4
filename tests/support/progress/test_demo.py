from datetime import UTC, datetime

import pytest
from django.utils import timezone

import alliances.meetings.demo
import alliances.membership.demo
import alliances.schools.demo
import partnership.invitations.demo
import partnership.people.demo
import support.directory.demo
import support.programmes.demo
import support.progress.demo
import workhubs.hubs.demo
from partnership.toolkit.registers import DemoClock
from support.programmes.models import Programme
from support.progress.course import terms_of
from support.progress.models import Held, Pause, SustainCheck, TermReview, Visit

ROOMS = (
    partnership.people.demo,
    partnership.invitations.demo,
    alliances.schools.demo,
    alliances.membership.demo,
    alliances.meetings.demo,
    workhubs.hubs.demo,
    support.directory.demo,
    support.programmes.demo,
    support.progress.demo,
)
BEGIN_OF_A_YEAR = datetime(2027, 9, 3, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_demo_has_support_in_every_term_at_rest_and_at_its_end_even_in_the_first_week_of_september():
    clock = DemoClock(now=timezone.localtime(BEGIN_OF_A_YEAR))
    for room in ROOMS:
        room.load(clock)

    begun = Programme.objects.filter(plan__isnull=False)
    terms = {terms_of(each).now(BEGIN_OF_A_YEAR.date()) for each in begun.filter(state="open")}
    assert {term.number for term in terms if term} == {1, 2, 3, 4, 5}
    assert set(begun.values_list("state", flat=True)) == {
        "open",
        "paused",
        "followed",
        "finished",
        "stopped",
    }
    assert Pause.objects.filter(resumed_at=None).count() == 1
    assert SustainCheck.objects.filter(given_at__isnull=False).count() == 3
    assert TermReview.objects.filter(differs=True, talked_at=None).exists()
    assert Visit.objects.filter(state=Held.HELD).count() > 40
    assert not Visit.objects.filter(starts_at__gt=clock.now, state=Held.HELD).exists()
    assert not Programme.objects.filter(school__is_example=False).exists()
