"""A published cycle with one host, its head, a director, and reviewers who may go."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone

from tests.factories.alliances import AlliancePostFactory, MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
    ReviewerFactory,
    TrainingFactory,
)
from tests.factories.schools import SchoolFactory, SchoolPostFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = date(2027, 1, 20)


def reviewer_of(cycle, name, *, kind="lead"):
    """Somebody of a member school, trained, in the cycle."""
    school = SchoolFactory(name=f"{name} Primary")
    MembershipFactory(alliance=cycle.alliance, school=school, starts_on=date(2025, 9, 1))
    person = PersonFactory(name=name)
    SchoolPostFactory(school=school, person=person, kind="head")
    reviewer = ReviewerFactory(alliance=cycle.alliance, person=person, school=school)
    TrainingFactory(reviewer=reviewer, kind=kind)
    return CycleReviewerFactory(cycle=cycle, reviewer=reviewer)


def made_year(*, day=DAY, now=NOW):
    """Ada leads, Ben comes; Cem and Dora may go as well. Nobody has answered."""
    director = PersonFactory(name="Dee Rector")
    cycle = CycleFactory(
        organiser=director,
        state="published",
        opened_at=now - timedelta(days=30),
        published_at=now,
        starts_on=min(day, date(2027, 1, 11)),
    )
    AlliancePostFactory(alliance=cycle.alliance, person=director, kind="director")
    host_school = SchoolFactory(name="Host Primary")
    MembershipFactory(alliance=cycle.alliance, school=host_school, starts_on=date(2025, 9, 1))
    head = PersonFactory(name="Hana Head")
    SchoolPostFactory(school=host_school, person=head, kind="head")
    host = CycleHostFactory(cycle=cycle, school=host_school)
    review_day = ReviewDayFactory(cycle=cycle, host=host, day=day)
    ada, ben, cem, dora = (reviewer_of(cycle, name) for name in ("Ada", "Ben", "Cem", "Dora"))
    asked = {"day": review_day, "asked_at": now, "answer_by": now + timedelta(days=5)}
    return SimpleNamespace(
        cycle=cycle,
        director=director,
        head=head,
        host=host,
        day=review_day,
        ada=ada,
        ben=ben,
        cem=cem,
        dora=dora,
        lead=DayPlaceFactory(reviewer=ada, is_lead=True, **asked),
        place=DayPlaceFactory(reviewer=ben, **asked),
    )


def this_year():
    """The same around the clock's own time, for pages."""
    now = timezone.now()
    return made_year(day=now.date() + timedelta(days=40), now=now)
