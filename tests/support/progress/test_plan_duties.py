from datetime import date

import pytest

from partnership.toolkit.registers import Duty, DutyWindow, Leaver, all_duties
from partnership.toolkit.registers.handing import HeldRow
from support.programmes.models import Programme
from support.progress.models import Plan, PlanAction
from support.progress.services import drop_objective, finish_action
from support.progress.services.handing_on import (
    pass_on_plan_action,
    plan_actions_owned,
    said_of_action,
)
from tests.factories import PersonFactory, SchoolPostFactory
from tests.support.progress.begun import NOW, TODAY, make_begun
from tests.support.progress.planned import acts, adds, agrees, begins, rewords

pytestmark = pytest.mark.django_db
KINDS = [f"progress.{kind}" for kind in ("agree_plan_school", "agree_plan_supporter", "do_action")]
SCHOOL, SUPPORTER, DO = ("agree_plan_school", "agree_plan_supporter", "do_action")
LAST_DAY = date(2026, 11, 27)


@pytest.fixture
def made():
    made = make_begun()
    begins(made)
    return made


def owed(*, with_done=False):
    window = DutyWindow(kinds=KINDS, now=NOW, with_done=with_done)
    duties = [Duty(*row) for row in all_duties(window).order_by("duty_kind", "duty_person_id")]
    return {(duty.kind.partition(".")[2], duty.person_id, duty.goes_up_to_id) for duty in duties}


def up(made):
    return made.programme.director_id


def test_both_heads_owe_their_agreement_until_they_give_it(made):
    both = {
        (SCHOOL, made.head.pk, up(made)),
        (SUPPORTER, made.supporting_head.pk, up(made)),
    }
    assert owed() == both

    adds(made)
    assert owed() == {(SUPPORTER, made.supporting_head.pk, up(made))}

    agrees(made)
    assert owed() == set()


def test_a_change_by_one_school_asks_the_other_again(made):
    objective = adds(made)
    agrees(made)

    rewords(made, objective, "supporter", words="Teachers model reading each day")

    assert owed() == {(SCHOOL, made.head.pk, up(made))}


def test_whoever_has_an_action_owes_it_until_it_is_done_or_its_objective_dropped(made):
    objective = adds(made)
    first, second = acts(made, objective), acts(made, objective, words="Look at books")
    agrees(made)
    doing = {(DO, made.practitioner.pk, up(made))}
    assert owed() == doing

    finish_action(action=first, note="", by=made.practitioner, now=NOW)
    assert owed() == doing

    adds(made, words="Leaders look at books")
    drop_objective(objective=second.objective, because="Done", side="school", by=made.head, now=NOW)
    agrees(made)
    assert owed() == set()


@pytest.mark.parametrize("state", ["paused", "stopped", "finished"])
def test_nothing_of_a_plan_is_owed_while_support_rests_or_is_over(made, state):
    acts(made, adds(made))
    assert owed() != set()

    Programme.objects.filter(pk=made.programme.pk).update(state=state)

    assert owed() == set()


def _leaver(made):
    school = made.programme.school
    return Leaver(made.head, school, LAST_DAY, made.head, TODAY)


def _held(leaver):
    rows = [HeldRow(*row) for row in plan_actions_owned(leaver)]
    return [said_of_action(row) for row in rows]


def test_open_actions_of_a_leaver_are_told_by_their_day_and_pass_on(made):
    objective = adds(made)
    action = acts(made, objective, owner=made.head)
    acts(made, objective)
    follower = SchoolPostFactory(school=made.programme.school, kind="head").person
    leaver = _leaver(made)
    assert _held(leaver) == ["Action of a support plan, due on 4 December 2026"]

    assert pass_on_plan_action(leaver, action.pk, to=follower, now=NOW) == 1

    assert PlanAction.objects.get(pk=action.pk).owner == follower
    assert pass_on_plan_action(leaver, action.pk, to=follower, now=NOW) == 0


def test_action_is_given_to_nobody_who_has_no_part_in_the_programme(made):
    action = acts(made, adds(made), owner=made.head)

    pass_on_plan_action(_leaver(made), action.pk, to=PersonFactory(), now=NOW)

    assert not PlanAction.objects.get(pk=action.pk).is_open


def test_action_that_nobody_takes_on_is_dropped_and_the_plan_stays_agreed(made):
    action = acts(made, adds(made), owner=made.head)
    agrees(made)

    pass_on_plan_action(_leaver(made), action.pk, to=None, now=NOW)

    assert not PlanAction.objects.get(pk=action.pk).is_open
    assert Plan.objects.get(programme=made.programme).is_agreed


def test_whoever_arranges_it_without_heading_the_school_is_shown_no_action(made):
    acts(made, adds(made), owner=made.head)
    someone = PersonFactory(staff=True)

    leaver = Leaver(made.head, made.programme.school, LAST_DAY, someone, TODAY)

    assert _held(leaver) == []
