"""The objectives of a plan: added, changed and dropped by either school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.db.models import Max

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import SupportArea
from support.programmes.models import Programme, Strand
from support.progress.models import Objective, Plan, PlanAction
from support.progress.rows.plans import years_in_words
from support.progress.services.agreeing import Change, keep_change, plan_to_change


class ObjectiveDropped(Exception):
    """The objective is dropped: nothing of it is changed any more."""


class ObjectiveFacts(TypedDict):
    """What an objective says."""

    area: SupportArea
    focus: str
    words: str
    success: str
    year_groups: str
    strands: Sequence[Strand]


@transaction.atomic
def add_objective(
    *, programme: Programme, facts: ObjectiveFacts, side: str, by: Person, now: datetime
) -> Objective:
    """One more objective, which the other school has to agree to."""
    plan = plan_to_change(programme)
    last = Objective.objects.filter(programme=programme).aggregate(last=Max("position"))["last"]
    objective = Objective.objects.create(
        programme=programme,
        position=0 if last is None else last + 1,
        **{name: value for name, value in facts.items() if name != "strands"},
    )
    objective.strands.set(facts["strands"])
    _title, *after = _lines(objective, facts["strands"])
    change = Change(f"Objective added: {objective.words}", after="\n".join(after))
    keep_change(plan, change, side=side, by=by, now=now)
    return objective


@transaction.atomic
def change_objective(
    *,
    objective: Objective,
    facts: ObjectiveFacts,
    side: str,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Objective:
    """Word it otherwise; what stays as it was asks nobody."""
    plan, current = standing(objective, seen_version)
    strands = list(current.strands.order_by("pk"))
    title, before = current.words, _lines(current, strands)
    said = {name: value for name, value in facts.items() if name != "strands"}
    changed = apply_changes(current, said)
    if set(strands) != set(facts["strands"]):
        current.strands.set(facts["strands"])
        if not changed:
            current.version += 1
            current.save(update_fields=["version"])
    after = _lines(current, facts["strands"])
    if before != after:
        differing = [
            (was, now_is) for was, now_is in zip(before, after, strict=True) if was != now_is
        ]
        change = Change(
            f"Objective changed: {title}",
            before="\n".join(was for was, _now in differing),
            after="\n".join(now_is for _was, now_is in differing),
        )
        keep_change(plan, change, side=side, by=by, now=now)
    return current


@transaction.atomic
def drop_objective(
    *, objective: Objective, because: str, side: str, by: Person, now: datetime
) -> Objective:
    """Work on it no longer; its open actions go with it, and what was reached stays."""
    plan, current = standing(objective)
    current.dropped_at, current.dropped_because = now, because
    current.version += 1
    current.save(update_fields=["dropped_at", "dropped_because", "version"])
    PlanAction.objects.filter(objective=current, done_at=None, dropped_at=None).update(
        dropped_at=now
    )
    _title, *before = _lines(current, current.strands.order_by("pk"))
    said = {"before": "\n".join(before), "after": f"Dropped: {because}"}
    change = Change(f"Objective dropped: {current.words}", **said)
    keep_change(plan, change, side=side, by=by, now=now)
    return current


def standing(objective: Objective, seen_version: int | None = None) -> tuple[Plan, Objective]:
    """The plan and an objective of it, locked, as long as it is worked on."""
    plan = plan_to_change(objective.programme)
    current = lock(objective, seen_version=seen_version)
    if current.dropped_at is not None:
        raise ObjectiveDropped
    current.programme = plan.programme
    return plan, current


def _lines(objective: Objective, strands: Iterable[Strand]) -> list[str]:
    """What an objective says, a line for each thing."""
    years = years_in_words(objective.year_groups) or "the whole school"
    served = "; ".join(said_strand(strand) for strand in sorted(strands, key=lambda each: each.pk))
    return [
        f"Objective: {objective.words}",
        f"How we shall know: {objective.success}",
        f"Area: {objective.area}",
        f"About: {objective.get_focus_display()}",
        f"Year groups: {years}",
        f"Served by: {served or 'nothing named'}",
    ]


def said_strand(strand: Strand) -> str:
    """A strand and who gives it, where that is a practitioner."""
    giver = strand.practitioner.person.name if strand.practitioner is not None else ""
    return f"{strand} ({giver})" if giver else str(strand)
