from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Programme
from support.progress.models import Objective, Plan, PlanAction, PlanChange
from support.progress.services import (
    ActionSettled,
    BegunAlready,
    NeitherTeachingNorLeadership,
    NoPlan,
    NotGoingOn,
    NothingToAgree,
    ObjectiveDropped,
    TakesNoPart,
    change_action,
    drop_action,
    drop_objective,
    finish_action,
    reopen_action,
)
from tests.factories import PersonFactory
from tests.support.progress.begun import NOW, make_begun
from tests.support.progress.planned import DUE, acts, adds, agrees, begins, person_of, rewords

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_begun()


def plan_of(made):
    return Plan.objects.get(programme=made.programme)


def told(made, person):
    return Notice.objects.filter(recipient=person, thing_id=made.programme.pk).count()


def test_either_school_begins_the_plan_once_and_ten_school_days_are_given(made):
    plan = begins(made, "supporter")

    with pytest.raises(BegunAlready):
        begins(made)
    assert (plan.version, plan.school_version, plan.supporter_version) == (1, 0, 0)
    assert plan.agree_by - NOW > timedelta(days=11)
    assert told(made, made.head) == 1


def test_nothing_is_added_before_the_plan_is_begun_or_while_it_is_paused(made):
    with pytest.raises(NoPlan):
        adds(made)
    begins(made)
    Programme.objects.update(state="paused")
    with pytest.raises(NotGoingOn):
        adds(made)


def test_what_one_school_adds_the_other_agrees_to(made):
    begins(made)
    adds(made)
    before = plan_of(made)

    agrees(made, "supporter")

    plan = plan_of(made)
    assert (before.is_agreed_by("school"), before.is_agreed) == (True, False)
    assert (plan.is_agreed, plan.agreed_at, plan.supporter_agreed_by) == (
        True,
        NOW,
        made.supporting_head,
    )


def test_change_asks_the_other_school_again_and_keeps_the_first_agreement(made):
    begins(made)
    objective = adds(made)
    agrees(made)

    rewords(made, objective, "supporter", now=NOW + timedelta(days=2), words="Model daily")

    plan = plan_of(made)
    change = PlanChange.objects.get(plan_version=plan.version)
    assert (plan.is_agreed, plan.is_agreed_by("supporter"), plan.agreed_at) == (False, True, NOW)
    assert (change.side, change.before, change.after) == (
        "supporter",
        "Objective: Teachers model writing each day",
        "Objective: Model daily",
    )


def test_saving_what_stands_asks_nobody(made):
    begins(made)
    objective = adds(made)

    rewords(made, objective)

    assert plan_of(made).version == 2


def test_strands_alone_are_a_change(made):
    begins(made)
    objective = adds(made)

    rewords(made, objective, strands=[])

    assert plan_of(made).version == 3
    assert PlanChange.objects.latest("pk").after == "Served by: nothing named"


def test_the_other_head_is_told_once_a_day(made):
    begins(made)
    adds(made)
    adds(made, now=NOW + timedelta(minutes=5))
    assert told(made, made.supporting_head) == 2

    adds(made, now=NOW + timedelta(days=1))

    assert told(made, made.supporting_head) == 3
    assert told(made, made.head) == 0


def test_plan_is_agreed_with_an_objective_in_teaching_or_leadership_alone(made):
    begins(made)
    with pytest.raises(NothingToAgree):
        agrees(made, "supporter")
    adds(made, focus="curriculum")
    with pytest.raises(NeitherTeachingNorLeadership):
        agrees(made, "supporter")

    adds(made, focus="leadership")

    assert agrees(made, "supporter").is_agreed


def test_nobody_agrees_to_what_she_has_not_read(made):
    begins(made)
    adds(made)
    with pytest.raises(ChangedSince):
        agrees(made, seen_version=1)
    assert not plan_of(made).is_agreed


def test_second_editor_of_an_objective_is_told(made):
    begins(made)
    objective = adds(made)
    rewords(made, objective, words="Model daily")

    with pytest.raises(ChangedSince), transaction.atomic():
        rewords(made, objective, "supporter", seen_version=1, words="Model weekly")


def test_dropped_objective_takes_its_open_actions_with_it(made):
    begins(made)
    objective = adds(made)
    action, done = acts(made, objective), acts(made, objective)
    finish_action(action=done, note="", by=made.practitioner, now=NOW)

    drop_objective(
        objective=objective, because="Done elsewhere", side="school", by=made.head, now=NOW
    )

    action.refresh_from_db()
    done.refresh_from_db()
    assert (action.dropped_at, done.dropped_at) == (NOW, None)
    with pytest.raises(ObjectiveDropped):
        acts(made, objective)
    assert PlanChange.objects.latest("pk").after == "Dropped: Done elsewhere"


def test_action_is_given_to_who_takes_part_and_she_is_told(made):
    begins(made)
    objective = adds(made)
    with pytest.raises(TakesNoPart):
        acts(made, objective, owner=PersonFactory())
    with pytest.raises(TakesNoPart):
        acts(made, objective, owner=made.director)

    action = acts(made, objective)

    assert (action.given_by, action.due_at) == (made.head, DUE)
    assert told(made, made.practitioner) == 1


def test_action_is_handed_on_and_the_other_school_agrees_again(made):
    begins(made)
    action = acts(made, adds(made))
    agrees(made)

    change_action(
        action=action,
        words=action.words,
        owner=made.supporting_head,
        due_at=DUE,
        side="school",
        by=made.head,
        now=NOW,
    )

    change = PlanChange.objects.latest("pk")
    assert (change.before, change.after) == (
        f"Who does it: {made.practitioner}",
        f"Who does it: {made.supporting_head}",
    )
    assert not plan_of(made).is_agreed


def test_doing_an_action_leaves_the_plan_agreed(made):
    begins(made)
    action = acts(made, adds(made))
    agrees(made)

    finish_action(action=action, note="Both weeks stand.", by=made.practitioner, now=NOW)
    assert plan_of(made).is_agreed
    with pytest.raises(ActionSettled):
        drop_action(action=action, side="school", by=made.head, now=NOW)

    reopened = reopen_action(action=action, by=made.practitioner, now=NOW)
    assert (reopened.is_open, reopened.done_note) == (True, "")
    drop_action(action=action, side="school", by=made.head, now=NOW)
    assert not PlanAction.objects.get().is_open


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["school", "supporter"]),
        st.sampled_from(["teaching", "curriculum", "agree", "drop", "reword"]),
    ),
    max_size=8,
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_plan_is_agreed_when_both_agreed_to_its_last_version_and_never_else(made, steps):
    with transaction.atomic():
        begins(made)
        standing, agreed = [], set()
        for number, (side, step) in enumerate(steps):
            by = person_of(made, side)
            if step == "agree":
                fits = any(focus in Objective.AT_LEAST_ONE for _pk, focus in standing)
                try:
                    agrees(made, side)
                except (NothingToAgree, NeitherTeachingNorLeadership):
                    assert not fits
                else:
                    agreed.add(side)
                continue
            if step in {"drop", "reword"} and not standing:
                continue
            if step == "drop":
                pk, _focus = standing.pop(0)
                objective = Objective.objects.get(pk=pk)
                drop_objective(objective=objective, because="No", side=side, by=by, now=NOW)
            elif step == "reword":
                pk, focus = standing[0]
                words = {"words": f"In other words {number}", "focus": focus}
                rewords(made, Objective.objects.get(pk=pk), side, **words)
            else:
                standing.append((adds(made, side, focus=step).pk, step))
            agreed = {side}
        plan = plan_of(made)
        fits = any(focus in Objective.AT_LEAST_ONE for _pk, focus in standing)
        assert plan.is_agreed == (agreed == {"school", "supporter"})
        assert not plan.is_agreed or fits
        transaction.set_rollback(True)
