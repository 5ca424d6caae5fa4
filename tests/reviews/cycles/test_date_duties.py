from datetime import UTC, date, datetime, timedelta

import pytest

from partnership.toolkit.registers import Duty, DutyWindow, all_duties, own_duties
from reviews.cycles.services.blocking import give_dates
from tests.factories.alliances import AlliancePostFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    ReviewerFactory,
    TrainingFactory,
)
from tests.factories.schools import SchoolPostFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
BY = NOW + timedelta(days=7)
KINDS = ["cycles.dates", "cycles.school_dates", "cycles.training"]


@pytest.fixture
def cycle():
    return CycleFactory(state="asking", opened_at=NOW - timedelta(days=1), block_by=BY)


def owed(now=NOW):
    rows = all_duties(DutyWindow(kinds=KINDS, now=now))
    return [Duty(*row) for row in rows.order_by("duty_kind", "duty_person_id")]


def facts(duties):
    return [(duty.kind, duty.person_id, duty.due_at, duty.goes_up_to_id) for duty in duties]


def test_reviewers_and_heads_owe_their_dates_until_they_gave_them(cycle):
    entry, host = CycleReviewerFactory(cycle=cycle), CycleHostFactory(cycle=cycle)
    CycleReviewerFactory(cycle=cycle, left_at=NOW)
    CycleReviewerFactory(cycle=CycleFactory(block_by=BY))
    head = SchoolPostFactory(school=host.school).person
    SchoolPostFactory(school=host.school, kind="teacher")
    up = cycle.organiser_id

    asked = owed()

    assert facts(asked) == [
        ("cycles.dates", entry.reviewer.person_id, BY, up),
        ("cycles.school_dates", head.pk, BY, up),
    ]
    assert [duty.url for duty in asked] == [
        "/reviews/dates/",
        f"/reviews/dates/schools/{host.school.urn}/",
    ]

    give_dates(entries=[entry, host], by=head, now=NOW)

    assert owed() == []


def test_duties_of_dates_name_no_school(cycle):
    host = CycleHostFactory(cycle=cycle)
    head = SchoolPostFactory(school=host.school).person
    CycleReviewerFactory(cycle=cycle, reviewer__person=head)

    until = NOW + timedelta(days=30)
    own = own_duties(head, due_from=NOW, due_until=until, now=NOW, limit=9)

    said = [f"{duty.title} {duty.line} {duty.spec.why(duty)}" for duty in own]
    assert len(said) == 2
    assert not any(host.school.name in words for words in said)


def test_a_published_cycle_asks_for_no_dates(cycle):
    CycleReviewerFactory(cycle=cycle)
    cycle.state = "published"
    cycle.save()

    assert owed() == []


def test_training_that_runs_out_is_to_be_renewed_by_its_last_day():
    reviewer = ReviewerFactory()
    director = AlliancePostFactory(alliance=reviewer.alliance, kind="director").person
    TrainingFactory(reviewer=reviewer, expires_on=date(2027, 1, 12))
    TrainingFactory(reviewer=reviewer, kind="reviewer", expires_on=date(2027, 1, 12))
    TrainingFactory(
        reviewer=ReviewerFactory(ends_on=date(2026, 11, 1)), expires_on=date(2027, 1, 12)
    )
    TrainingFactory()

    assert facts(owed()) == [
        (
            "cycles.training",
            reviewer.person_id,
            datetime(2027, 1, 12, 17, tzinfo=UTC),
            director.pk,
        )
    ]

    TrainingFactory(reviewer=reviewer, expires_on=date(2028, 1, 12))

    assert [duty.due_at.year for duty in owed()] == [2028]
