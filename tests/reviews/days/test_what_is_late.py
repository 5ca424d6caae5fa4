from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.cycles.models import ReviewDay
from reviews.days.course import facts_of_cycle, whose_turn
from reviews.days.models import CheckBack, Report, Review, TeamStep, Workshop
from reviews.days.services.dating import keep_dates
from tests.factories.days import (
    CheckBackFactory,
    ReportFactory,
    TeamStepFactory,
    WorkshopFactory,
)
from tests.factories.reviews import CycleFactory, DayPlaceFactory, ReviewDayFactory

LONDON = ZoneInfo("Europe/London")
MADE = datetime(2026, 11, 22, 12, tzinfo=LONDON)
DAY = date(2027, 3, 10)
ELSEWHERE = (date(2001, 1, 1), date(2001, 1, 1))
OWN = ("shared_at", "focus_at", "files_at", "planning_at", "timetable_at", "contact_at")
AFTER = ("sent_at", "checked_at", "answered_at", "workshop_held_at", "given_at")


@pytest.fixture
def review():
    cycle = CycleFactory(state="published", published_at=MADE)
    day = ReviewDayFactory(cycle=cycle, day=DAY)
    keep_dates([day.pk], MADE)
    place = DayPlaceFactory(day=day, answer="accepted", answered_at=MADE)
    review = day.review
    ReportFactory(review=review, sent=True)
    WorkshopFactory(review=review)
    CheckBackFactory(review=review)
    TeamStepFactory(review=review, person=place.person)
    return review


@given(
    said=st.sets(st.sampled_from((*OWN, "held", "declared_at", "views_at", "comment", *AFTER))),
    reached=st.integers(0, 3),
    passed=st.integers(-60, 260),
)
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.django_db
def test_all_that_is_late_is_found_without_asking_how_far_the_others_are(
    review, said, reached, passed
):
    now = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=LONDON) + timedelta(days=passed)
    at = {name: MADE if name in said else None for name in (*OWN, *AFTER)}
    own = {name: at[name] for name in OWN if name != "shared_at"}
    is_over = passed > 0  # findings are agreed and released after the day
    moderated, released = (MADE if is_over and reached > stage else None for stage in (0, 1))
    Review.objects.filter(pk=review.pk).update(**own, moderated_at=moderated, released_at=released)
    ReviewDay.objects.filter(pk=review.day_id).update(state="held" if "held" in said else "planned")
    TeamStep.objects.update(
        declared_at=MADE if "declared_at" in said else None,
        views_at=MADE if "views_at" in said else None,
    )
    due = datetime(2027, 5, 1, 17, tzinfo=LONDON)
    Report.objects.update(
        sent_at=MADE,
        checked_at=at["checked_at"],
        release_by=due,
        answer_by=due if "comment" in said else None,
        answered_at=at["answered_at"],
    )
    Workshop.objects.update(hold_by=due, held_at=at["workshop_held_at"])
    CheckBack.objects.update(due_at=due + timedelta(days=60), given_at=at["given_at"])

    (facts,) = facts_of_cycle(review.cycle_id, now).values()
    task = whose_turn(facts, now)
    is_late = task is not None and task.is_late(now)
    asked = facts_of_cycle(review.cycle_id, now, ELSEWHERE)

    assert not is_late or asked == {review.host_id: facts}
    assert facts_of_cycle(review.cycle_id, now, (DAY, DAY)) == {review.host_id: facts}
