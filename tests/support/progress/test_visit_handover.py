from datetime import date

import pytest

from partnership.toolkit.registers import Leaver
from partnership.toolkit.registers.handing import HeldRow
from support.progress.handover import HANDOVER
from support.progress.models import Held, Placement, Visit
from support.progress.services.passing_on import (
    LEAVING,
    pass_on_placements,
    pass_on_visit,
    said_of_visit,
    visits_planned,
)
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory
from tests.factories.progress import PlacementFactory
from tests.support.progress.begun import NOW, TODAY
from tests.support.progress.visiting import make_running, planned

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 11, 24)


@pytest.fixture
def made():
    return make_running()


def held(leaver):
    rows = [HeldRow(*row) for row in visits_planned(leaver)]
    return [(said_of_visit(row), row.choices) for row in rows]


def test_visits_of_a_supporting_head_pass_on_to_who_follows_her(made):
    school = made.programme.supporting_school
    visit = planned(made, visitor=made.supporting_head, strand=None)
    follows = SchoolPostFactory(school=school, kind="head").person
    leaver = Leaver(made.supporting_head, school, LAST_DAY, made.supporting_head, TODAY)

    assert held(leaver) == [("Support visit on 26 November 2026", "pass,end,stay")]
    moved = pass_on_visit(leaver, visit.pk, to=follows, now=NOW)

    assert (moved, pass_on_visit(leaver, visit.pk, to=follows, now=NOW)) == (1, 0)
    assert (Visit.objects.get().visitor, Visit.objects.get().state) == (follows, Held.PLANNED)


def test_visits_for_a_strand_are_called_off_with_who_gives_it(made):
    visit = planned(made)
    home = made.lent_strand.practitioner.home_school
    leaver = Leaver(made.practitioner, home, LAST_DAY, made.home_head, TODAY)

    assert held(leaver) == [("Support visit on 26 November 2026", "end,stay")]
    pass_on_visit(leaver, visit.pk, to=PersonFactory(), now=NOW)

    gone = Visit.objects.get()
    assert (gone.state, gone.cancelled_because) == (Held.CANCELLED, LEAVING)


def test_whoever_has_no_part_in_it_is_shown_no_visit(made):
    planned(made)
    home = made.lent_strand.practitioner.home_school

    assert held(Leaver(made.practitioner, home, LAST_DAY, PersonFactory(), TODAY)) == []
    assert {kind.of for kind in HANDOVER} == {"person", "school"}


def test_school_after_hosts_what_was_planned(made):
    placement = PlacementFactory(programme=made.programme)
    after = SchoolFactory()

    pass_on_placements(placement.host, to=after, on=TODAY, by=made.director, now=NOW)

    assert Placement.objects.get().host == after
