"""A programme that runs, and what both schools write into its plan."""

from datetime import datetime

from partnership.calendar.days import UK
from support.progress.models import Plan
from support.progress.services import (
    add_action,
    add_objective,
    agree_plan,
    begin_plan,
    change_objective,
)
from tests.support.progress.begun import NOW

DUE = datetime(2026, 12, 4, 17, tzinfo=UK)


def person_of(made, side):
    return made.head if side == "school" else made.supporting_head


def said(made, **changes):
    return {
        "area": made.programme.area,
        "focus": "teaching",
        "words": "Teachers model writing each day",
        "success": "Seen in four of five visits",
        "year_groups": "5,6",
        "strands": list(made.programme.strands.order_by("pk")[:1]),
    } | changes


def begins(made, side="school", *, now=NOW):
    return begin_plan(programme=made.programme, side=side, by=person_of(made, side), now=now)


def adds(made, side="school", *, now=NOW, **changes):
    return add_objective(
        programme=made.programme,
        facts=said(made, **changes),
        side=side,
        by=person_of(made, side),
        now=now,
    )


def rewords(made, objective, side="school", *, now=NOW, seen_version=None, **changes):
    return change_objective(
        objective=objective,
        facts=said(made, **changes),
        side=side,
        by=person_of(made, side),
        now=now,
        seen_version=seen_version,
    )


def acts(made, objective, side="school", *, owner=None, words="Plan two weeks together", now=NOW):
    return add_action(
        objective=objective,
        words=words,
        owner=owner or made.practitioner,
        due_at=DUE,
        side=side,
        by=person_of(made, side),
        now=now,
    )


def agrees(made, side="supporter", *, seen_version=None, now=NOW):
    plan = Plan.objects.get(programme=made.programme)
    return agree_plan(
        programme=made.programme,
        side=side,
        seen_version=plan.version if seen_version is None else seen_version,
        by=person_of(made, side),
        now=now,
    )
