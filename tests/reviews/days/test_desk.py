from datetime import timedelta

import pytest

from partnership.toolkit.registers import duty_kinds, own_duties, places_beside
from reviews.cycles.cards import own_days
from reviews.cycles.duties.year import PANEL
from tests.factories.days import FindingFactory
from tests.factories.reviews import AT
from tests.reviews.days.moderated import AFTERWARDS, make_team

pytestmark = pytest.mark.django_db
BEFORE = {
    "days.share_evaluation",
    "days.focus",
    "days.files",
    "days.planning",
    "days.timetable",
    "days.contact",
}


@pytest.mark.parametrize("now", [AT, AFTERWARDS])
def test_a_desk_that_asks_only_for_the_phase_of_ones_days_shows_all_that_is_owed(now):
    made = make_team(views=2)
    FindingFactory(review=made.review)
    window = {"due_from": AT, "due_until": AFTERWARDS + timedelta(days=90), "now": now, "limit": 30}

    owed = {}
    for person in (*made.team, made.head, made.cycle.organiser):
        panels = places_beside({PANEL: own_days(person, None, now)})
        owed[person] = own_duties(person, **window, panels=panels)
        assert owed[person] == own_duties(person, **window)

    of_head = {duty.kind for duty in owed[made.head]}
    assert BEFORE - of_head == (set() if now == AT else BEFORE)
    assert any(owed[person] for person in made.team)


def test_who_only_hosts_a_day_to_come_is_not_looked_up_among_those_who_went():
    made = make_team(views=0)

    panels = places_beside({PANEL: own_days(made.head, None, AT)})

    asked = {key for key, kind in duty_kinds().items() if kind.beside in panels}
    assert asked >= BEFORE
    assert not asked & {"days.report_to_check", "days.check_back", "days.own_view", "days.declare"}
