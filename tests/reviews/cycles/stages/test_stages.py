from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.cycles.stages import Facts, Stage, host_lines, lines_that_wait, standing_of
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)

NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=15)


@pytest.mark.parametrize(
    ("facts", "stage", "is_late"),
    [
        ({}, "no_day", False),
        ({"is_window_over": True}, "no_day", True),
        ({"state": "cancelled"}, "no_day", False),
        ({"state": "planned", "ends_at": LATER, "accepted": 3}, "planned", False),
        (
            {"state": "planned", "ends_at": LATER, "has_lead": True, "accepted": 2, "team_size": 3},
            "planned",
            False,
        ),
        (
            {"state": "planned", "ends_at": LATER, "declined": 1, "fill_by": NOW - timedelta(1)},
            "declined",
            True,
        ),
        (
            {
                "state": "planned",
                "ends_at": LATER,
                "has_lead": True,
                "waiting": 1,
                "answer_by": LATER,
            },
            "waiting",
            False,
        ),
        (
            {"state": "planned", "ends_at": LATER, "has_lead": True, "accepted": 1},
            "complete",
            False,
        ),
        ({"state": "planned", "ends_at": NOW - timedelta(days=2)}, "over", True),
        ({"state": "held", "ends_at": NOW - timedelta(days=2)}, "held", False),
    ],
)
def test_stage_follows_from_day_and_answers(facts, stage, is_late):
    standing = standing_of(Facts(**facts), NOW)

    assert (standing.stage, standing.is_late) == (Stage(stage), is_late)


def made_hosts(cycle, count):
    for number in range(count):
        day = ReviewDayFactory(
            cycle=cycle, host=CycleHostFactory(cycle=cycle), day=NOW.date() + timedelta(number + 7)
        )
        DayPlaceFactory(day=day, is_lead=True, answer="accepted")
        DayPlaceFactory(day=day, answer="declined" if number else "")
        DayPlaceFactory(day=day, ended_at=NOW)


@pytest.mark.django_db
def test_hosts_stand_by_day_with_their_stage_in_one_query_however_many_there_are():
    cycle = CycleFactory(state="published", published_at=NOW)
    made_hosts(cycle, 2)
    off = ReviewDayFactory(cycle=cycle, host=CycleHostFactory(cycle=cycle), state="cancelled")
    CycleHostFactory(cycle=cycle, left_at=NOW)

    lines = host_lines(cycle, NOW)

    assert [line.standing.stage for line in lines] == ["waiting", "declined", "no_day"]
    assert [(line.accepted, line.asked) for line in lines] == [(1, 2), (1, 2), (0, 0)]
    assert lines[-1].school == off.school.name
    assert lines_that_wait(lines) == lines
    made_hosts(cycle, 3)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(host_lines(cycle, NOW)) == 6
    assert len(queries) == 1
