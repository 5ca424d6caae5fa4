"""Somebody leaves her school: what she was still to do for a plan is done by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.registers.handing import HeldRow
from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme
from support.programmes.services.telling import heads_of, record_of, tell_change, tell_turn
from support.progress.models import PlanAction
from support.progress.services.taking_part import taking_part_in

PLAN_ACTIONS = "progress.plan_actions"
OF = "objective__programme"


def plan_actions_owned(leaver: Leaver) -> QuerySet[PlanAction, Any]:
    """Her open actions, told by their day alone to the head of the school whose part they are."""
    heads = SchoolPost.objects.on(leaver.today).of_heads().filter(person=leaver.by)
    headed = heads.values("school")
    actions = PlanAction.objects.filter(
        owner=leaver.person, done_at=None, dropped_at=None, objective__dropped_at=None
    )
    actions = actions.filter(**{f"{OF}__school__in": headed, f"{OF}__school": leaver.school}) | (
        actions.filter(
            **{
                f"{OF}__supporting_school__in": headed,
                f"{OF}__supporting_school": leaver.school,
            }
        )
    )
    return held_rows(
        actions,
        kind=PLAN_ACTIONS,
        name=Cast("due_at__date", TextField()),
        choices=offered(PASS, END, STAY),
        order="due_at",
    )


def said_of_action(row: HeldRow) -> str:
    """Its day, and neither school nor what it is."""
    due_on = datetime.fromisoformat(row.name).date()
    return f"Action of a support plan, due on {spoken_date(due_on)}"


@transaction.atomic
def pass_on_plan_action(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows her does it, or who arranges it; else it is dropped and both heads are told.

    Nobody is given an action of a programme in which she has no part.
    """
    action = PlanAction.objects.filter(
        pk=key, owner=leaver.person, done_at=None, dropped_at=None
    ).first()
    if action is None:
        return 0
    programme = lock(action.objective.programme)
    current = lock(action)
    if not current.is_open:
        return 0
    follower = _taking_part(programme, (to, leaver.by) if to is not None else (), leaver)
    if follower is None:
        apply_changes(current, {"dropped_at": now})
        schools = [programme.school_id, programme.supporting_school_id]
        told = heads_of(schools, on=leaver.today)
        what = f"plan-action-dropped:{current.pk}"
        tell_change(programme, told, what=what, by=leaver.by, now=now)
        record_of("action of a plan dropped", programme, by=leaver.by, now=now)
        return 1
    apply_changes(current, {"owner": follower, "given_by": leaver.by, "given_at": now})
    tell_turn(programme, [follower.pk], what=f"plan-action:{current.pk}", by=leaver.by, now=now)
    record_of("action of a plan passed on", programme, by=leaver.by, now=now)
    return 1


def _taking_part(programme: Programme, people: Iterable[Person], leaver: Leaver) -> Person | None:
    """The first of these who has a part in the programme once the leaver is gone."""
    wanted = [person for person in people if person.pk != leaver.person.pk]
    takes_part = taking_part_in(programme, on=leaver.first_day)
    keys = set(takes_part.filter(pk__in=[each.pk for each in wanted]).values_list("pk", flat=True))
    return next((person for person in wanted if person.pk in keys), None)
