"""The plan of a programme that runs, with an objective, and an action of its head."""

from tests.factories.progress import ObjectiveFactory, PlanActionFactory, PlanFactory


def make_plan(running):
    PlanFactory(programme=running, begun_by=running.asked_by)
    objective = ObjectiveFactory(programme=running, area=running.area)
    people = {"owner": running.asked_by, "given_by": running.asked_by}
    return {
        "plan_objective": objective,
        "plan_action": PlanActionFactory(objective=objective, **people),
    }


def _running(_world, things):
    return [things["running"].pk]


def _objective(_world, things):
    return [things["running"].pk, things["plan_objective"].pk]


def _action(_world, things):
    return [things["running"].pk, things["plan_action"].pk]


PLAN_ARGUMENTS = {
    "progress:plan_detail": _running,
    "progress:plan_begin": _running,
    "progress:plan_agree": _running,
    "progress:plan_changes": _running,
    "progress:community_begin": _running,
    "progress:objective_add": _running,
    "progress:objective_edit": _objective,
    "progress:objective_drop": _objective,
    "progress:action_add": _objective,
    "progress:action_edit": _action,
    "progress:action_done": _action,
    "progress:action_reopen": _action,
    "progress:action_drop": _action,
}
