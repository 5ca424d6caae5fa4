from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CyclePersonFactory,
    CycleReviewerFactory,
)
from tests.factories.schools import SchoolPostFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def cycle(time_machine):
    time_machine.move_to(NOW, tick=False)
    opened = NOW - timedelta(days=7)
    return CycleFactory(state="asking", opened_at=opened, block_by=NOW - timedelta(days=1))


def reads(client, person, cycle):
    client.force_login(person)
    return client.get(cycle.get_absolute_url()).text


def test_organisers_read_who_is_late_and_who_has_given(client, cycle):
    given = CycleReviewerFactory(cycle=cycle, dates_given_at=NOW - timedelta(days=2))
    late, host = CycleReviewerFactory(cycle=cycle), CycleHostFactory(cycle=cycle)
    organiser = CyclePersonFactory(cycle=cycle).person

    shown = reads(client, organiser, cycle)

    assert "2 still to come" in shown
    assert "1 given" in shown
    for entry in (given, late):
        assert f"/reviews/{cycle.pk}/reviewers/{entry.pk}/dates/" in shown
    assert f"/reviews/{cycle.pk}/hosts/{host.pk}/dates/" in shown


def test_others_read_their_own_and_their_schools_alone(client, cycle):
    host, entry = CycleHostFactory(cycle=cycle), CycleReviewerFactory(cycle=cycle)
    head = SchoolPostFactory(school=host.school).person

    heads, reviewers = reads(client, head, cycle), reads(client, entry.reviewer.person, cycle)

    assert "Give the school’s dates" in heads
    assert f"/reviews/dates/schools/{host.school.urn}/" in heads
    assert "Give my dates" in reviewers
    assert "still to come" not in heads + reviewers
    assert f"/hosts/{host.pk}/" not in heads + reviewers


@pytest.mark.parametrize("state", ["asking", "published"])
def test_cycle_page_keeps_to_nine_queries(client, cycle, state, django_assert_max_num_queries):
    cycle.state, cycle.published_at = state, NOW if state == "published" else None
    cycle.save()
    for _ in range(3):
        host = CycleHostFactory(cycle=cycle)
        head = SchoolPostFactory(school=host.school, starts_on=date(2020, 9, 1)).person
        CycleReviewerFactory(cycle=cycle, reviewer__person=head, reviewer__school=host.school)
    CyclePersonFactory(cycle=cycle, person=head)
    reads(client, head, cycle)

    with django_assert_max_num_queries(9):
        client.get(cycle.get_absolute_url())
