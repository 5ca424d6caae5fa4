from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from reviews.days.services.dating import keep_dates
from tests.factories.alliances import MembershipFactory
from tests.factories.days import PriorityFactory, SelfEvaluationFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import DelegationFactory, SchoolPostFactory

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SECRET = "Our Year 5 writing is thin"


@dataclass
class Host:
    """A school that is reviewed on 20 January, those who speak for it, and the team."""

    school: Any
    head: Any
    acting: Any
    colleague: Any
    lead: Any
    reviewer: Any
    asked: Any
    organiser: Any
    officer: Any
    review: Any
    evaluation: Any


def make_host():
    cycle = CycleFactory(state="published", opened_at=NOW, published_at=NOW)
    day = ReviewDayFactory(cycle=cycle, day=date(2027, 1, 20), published_at=NOW)
    school = day.school
    MembershipFactory(alliance=cycle.alliance, school=school)
    head = SchoolPostFactory(school=school).person
    evaluation = SelfEvaluationFactory(school=school, to_improve=SECRET)
    PriorityFactory(evaluation=evaluation)
    keep_dates([day.pk], NOW)
    return Host(
        school=school,
        head=head,
        acting=make_acting(school, head),
        colleague=SchoolPostFactory(school=school, kind="teacher").person,
        lead=_place(day, "accepted", is_lead=True),
        reviewer=_place(day, "accepted"),
        asked=_place(day, ""),
        organiser=cycle.organiser,
        officer=PersonFactory(staff=True),
        review=day.review,
        evaluation=evaluation,
    )


def make_acting(school, head):
    deputy = SchoolPostFactory(school=school, kind="deputy").person
    DelegationFactory(school=school, deputy=deputy, given_by=head, kind="reviews")
    return deputy


def make_neighbour(alliance, area="writing", *, year=2026, shown=True):
    """Another school with a priority in an area, shown to others by its head."""
    post = SchoolPostFactory()
    MembershipFactory(alliance=alliance, school=post.school)
    evaluation = SelfEvaluationFactory(school=post.school, year=year)
    PriorityFactory(evaluation=evaluation, area=area, title="A title that stays at home")
    if shown:
        evaluation.matching_since, evaluation.matching_by = NOW, post.person
        evaluation.save()
    return evaluation


def _place(day, answer, **more):
    reviewer = CycleReviewerFactory(cycle=day.cycle)
    return DayPlaceFactory(day=day, reviewer=reviewer, answer=answer, **more).person
