from datetime import UTC, date, datetime

import pytest

from partnership.toolkit.registers import Leaver
from reviews.cycles.models import BlockedDay
from reviews.cycles.services.leaving import end_entry, entries_held
from reviews.cycles.services.passing_on import pass_on_hosts
from tests.factories.alliances import AlliancePostFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    BlockedDayFactory,
    CycleFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 3, 10, tzinfo=UTC)
LAST = date(2026, 12, 31)


@pytest.fixture
def entry():
    return CycleReviewerFactory(cycle=CycleFactory(state="asking"))


def leaver_of(entry, by):
    hers = entry.reviewer
    return Leaver(hers.person, hers.school, last_day=LAST, by=by, today=date(2026, 12, 1))


def test_a_leaver_reviews_no_longer_and_keeps_the_days_that_she_blocked(entry):
    director = AlliancePostFactory(alliance=entry.cycle.alliance, kind="director").person
    BlockedDayFactory(person=entry.reviewer.person)
    leaver = leaver_of(entry, director)

    held = list(entries_held(leaver))
    done = [end_entry(leaver, entry.reviewer_id, to=None, now=NOW) for _ in range(2)]

    entry.refresh_from_db()
    assert [row[1] for row in held] == [entry.reviewer_id]
    assert done == [1, 0]
    assert (entry.reviewer.ends_on, entry.left_at) == (LAST, NOW)
    assert BlockedDay.objects.get().person == entry.reviewer.person
    assert not list(entries_held(leaver_of(entry, PersonFactory())))


def test_a_leaver_whose_visit_stands_stays_in_that_cycle(entry):
    director = AlliancePostFactory(alliance=entry.cycle.alliance, kind="director").person
    DayPlaceFactory(day=ReviewDayFactory(cycle=entry.cycle), reviewer=entry)

    end_entry(leaver_of(entry, director), entry.reviewer_id, to=None, now=NOW)

    entry.refresh_from_db()
    assert entry.left_at is None


def test_the_school_after_has_the_days_that_the_school_before_blocked():
    before, after = SchoolFactory(), SchoolFactory()
    officer = PersonFactory()
    for school, day in ((before, 12), (before, 13), (after, 13)):
        BlockedDayFactory(person=None, school=school, day=date(2027, 1, day), blocked_by=officer)

    pass_on_hosts(before, to=after, on=date(2027, 1, 4), by=officer, now=NOW)

    days = after.blocked_days.order_by("day").values_list("day", flat=True)
    assert [day.day for day in days] == [12, 13]
