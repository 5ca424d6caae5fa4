from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from alliances.meetings.models import Body
from alliances.schools.models import SchoolPost
from reviews.days.models import Review, moments
from reviews.days.permissions import rights_in_review
from tests.factories.alliances import AlliancePostFactory, MembershipFactory
from tests.factories.days import (
    ReportConsentFactory,
    ReviewFactory,
    ReviewPersonFactory,
    WorkshopFactory,
)
from tests.factories.meetings import BodyFactory, SeatFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import DelegationFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 20)
NOW = datetime(2027, 1, 25, 12, tzinfo=UTC)
EVERYBODY = (
    "head",
    "acting",
    "releasing",
    "named",
    "lead",
    "reviewer",
    "asked",
    "declined",
    "champion",
    "director",
    "governor",
    "board",
    "colleague",
    "other_reviewer",
    "officer",
)
INSIDE = {"head", "acting", "named", "lead", "reviewer"}
READS = INSIDE | {"champion", "releasing"}


@dataclass
class Made:
    review: Review
    people: dict[str, Any]

    def seen_by(self, now=NOW):
        return {
            name
            for name, person in self.people.items()
            if Review.objects.visible_to(person, **moments(now)).exists()
        }

    def read_by(self, now=NOW):
        return {
            name
            for name, person in self.people.items()
            if Review.objects.with_report_for(person, **moments(now)).exists()
        }


def place(day, answer, **more):
    reviewer = CycleReviewerFactory(cycle=day.cycle)
    return DayPlaceFactory(day=day, reviewer=reviewer, answer=answer, **more).person


@pytest.fixture
def made():
    cycle = CycleFactory(state="published", published_at=NOW, opened_at=NOW)
    day = ReviewDayFactory(cycle=cycle, day=DAY)
    review = ReviewFactory(day=day)
    school, alliance = day.school, cycle.alliance
    MembershipFactory(alliance=alliance, school=school)
    head = SchoolPostFactory(school=school, kind="head").person
    people = {
        "head": head,
        "lead": place(day, "accepted", is_lead=True),
        "reviewer": place(day, "accepted"),
        "asked": place(day, ""),
        "declined": place(day, "declined"),
        "other_reviewer": place(ReviewDayFactory(cycle=cycle), "accepted"),
        "named": ReviewPersonFactory(review=review, named_by=head).person,
        "champion": WorkshopFactory(review=review).champion,
        "director": AlliancePostFactory(alliance=alliance, kind="director").person,
        "governor": SchoolPostFactory(school=school, kind="chair_of_governors").person,
        "colleague": SchoolPostFactory(school=school, kind="teacher").person,
        "officer": PersonFactory(is_staff=True),
    }
    board = BodyFactory(alliance=alliance, kind=Body.Kind.BOARD)
    people["board"] = SeatFactory(body=board, school=None, person=PersonFactory()).person
    for name, kind in (("acting", "reviews"), ("releasing", "releasing")):
        deputy = SchoolPostFactory(school=school, kind="deputy").person
        held = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 8, 31)}
        DelegationFactory(school=school, deputy=deputy, given_by=head, kind=kind, **held)
        people[name] = deputy
    assert set(people) == set(EVERYBODY)
    return Made(review, people)


def release(made, at):
    made.review.moderated_at = made.review.released_at = at
    made.review.save()


def test_before_the_release_the_host_and_the_team_alone_see_a_review(made):
    assert made.seen_by() == INSIDE
    assert made.read_by() == set()


def test_the_champion_sees_it_once_the_report_is_released(made):
    release(made, NOW - timedelta(days=1))

    assert made.seen_by() == INSIDE | {"champion"}
    assert made.read_by() == READS


def test_whoever_was_named_is_out_with_the_last_day_of_her_post(made):
    release(made, NOW)
    posts = SchoolPost.objects.filter(person=made.people["named"])
    posts.update(ends_on=NOW.date())

    on_the_day, after = made.seen_by(), made.seen_by(NOW + timedelta(days=1))

    assert on_the_day - after == {"named"}
    assert "named" not in made.read_by(NOW + timedelta(days=1))


def test_ninety_days_after_the_release_the_team_is_out(made):
    release(made, NOW)

    assert made.seen_by(NOW + timedelta(days=89)) == INSIDE | {"champion"}
    later = NOW + timedelta(days=91)
    assert made.seen_by(later) == {"head", "acting", "named", "champion"}
    assert made.read_by(later) == {"head", "acting", "named", "champion", "releasing"}


@pytest.mark.parametrize(
    ("audience", "let_in"),
    [
        ("governors", {"governor"}),
        ("board", {"board"}),
        (
            "alliance",
            {"governor", "colleague", "director"},
        ),
        ("themes", set()),
    ],
)
def test_consent_lets_in_whom_it_names_until_it_is_withdrawn(made, audience, let_in):
    release(made, NOW - timedelta(days=1))
    consent = ReportConsentFactory(review=made.review, audience=audience)

    assert made.read_by() == READS | let_in
    assert made.seen_by() == INSIDE | {"champion"}

    consent.withdrawn_at = NOW
    consent.save()

    assert made.read_by() == READS


def test_consent_opens_nothing_that_is_not_released(made):
    ReportConsentFactory(review=made.review, audience="alliance")

    assert made.read_by() == set()


def test_a_day_called_off_has_no_team(made):
    day = made.review.day
    day.state, day.cancelled_at = "cancelled", NOW
    day.save()

    assert made.seen_by() == {"head", "acting", "named"}


def test_whoever_is_named_no_longer_or_gives_up_the_workshop_is_out(made):
    release(made, NOW - timedelta(days=1))
    made.review.people.update(ended_at=NOW)
    made.review.workshop.given_up_at = NOW
    made.review.workshop.save()

    assert made.seen_by() == {"head", "acting", "lead", "reviewer"}


def test_the_organiser_sees_the_stage_and_neither_evidence_nor_report(made):
    rights = rights_in_review(made.people["director"], made.review, NOW)

    assert rights.ways == {"organiser"}
    assert rights.sees_stage
    assert not any((rights.sees_preparation, rights.sees_notes, rights.sees_draft))

    release(made, NOW - timedelta(days=1))

    assert not rights_in_review(made.people["director"], made.review, NOW).reads_report


def test_consent_is_the_heads_or_of_whom_she_lets_release_reports(made):
    release(made, NOW - timedelta(days=1))

    may = {
        name
        for name, person in made.people.items()
        if rights_in_review(person, made.review, NOW).may_consent
    }

    assert may == {"head", "releasing"}


def test_rights_cost_one_query(made, django_assert_num_queries):
    person = made.people["lead"]
    rights_in_review(person, made.review, NOW)

    with django_assert_num_queries(1):
        rights = rights_in_review(person, made.review, NOW)

    assert rights.ways == {"team", "lead"}
