from datetime import UTC, date, datetime

import pytest

from alliances.schools.services.term_dates import own_term_dates, pass_on_term_dates
from partnership.calendar.calendars import dates_for
from partnership.calendar.years import AcademicYear
from tests.factories import PersonFactory, SchoolFactory
from tests.factories.calendar import authority_owner, half_terms_of, school_owner, settle

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MATHS = {date(2026, 12, 4): "Maths"}


def test_own_term_dates_go_on_in_the_school_after_and_past_years_stay_behind():
    before, after = SchoolFactory(), SchoolFactory()
    settle(authority_owner(before.authority))
    owner = school_owner(before)
    settle(owner, inset_days=MATHS)
    settle(
        school_owner(before), half_terms_of(AcademicYear(2025)), {}, year=2025, source="The school"
    )

    moved = pass_on_term_dates(before, to=after, on=date(2027, 1, 1), by=PersonFactory(), now=NOW)

    assert moved == 1
    dates = dates_for(school_owner(after).reference)
    assert (dates.inset_days_of(2026), sorted(dates.own)) == (MATHS, [2026])
    assert sorted(dates_for(school_owner(before).reference).own) == [2025, 2026]


def test_a_school_without_dates_of_its_own_passes_nothing_on():
    before, after = SchoolFactory(), SchoolFactory()
    settle(authority_owner(before.authority))

    assert not own_term_dates(before).exists()
    assert pass_on_term_dates(before, to=after, on=date(2027, 1, 1), by=None, now=NOW) == 0
    assert school_owner(after).reference.own_id is None
