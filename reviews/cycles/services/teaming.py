"""A team is changed by hand: somebody is asked, taken out, or leads."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import CycleReviewer, DayPlace, ReviewDay, RotaChange
from reviews.cycles.services.day_news import (
    going_to,
    keep_change,
    record_day,
    snapshot,
    tell_asked,
    tell_changed,
)
from reviews.cycles.services.holding import NotPlanned, locked_day, planned_day
from reviews.cycles.services.placing import end_place, place

Answer = DayPlace.Answer


class AlreadyThere(Exception):
    """She is in the team."""


class NotInTeam(Exception):
    """She is in the team no more, or has declined."""


@transaction.atomic
def ask_reviewer(
    *,
    day: ReviewDay,
    reviewer: CycleReviewer,
    instead_of: DayPlace | None = None,
    is_lead: bool = False,
    by: Person,
    now: datetime,
) -> DayPlace:
    """Ask somebody to come, in the place of somebody else or beside all others.

    Whose place she takes is asked no more. Raises NotPlanned, AlreadyThere or NotInTeam.
    """
    current = planned_day(day)
    before, told = snapshot(current), going_to(current)
    hers = DayPlace.objects.filter(day=current, reviewer=reviewer, ended_at=None).first()
    if hers is not None and hers.answer != Answer.DECLINED:
        raise AlreadyThere
    if hers is not None:
        end_place(hers, now)
    if instead_of is not None and (hers is None or hers.pk != instead_of.pk):
        end_place(_standing(instead_of), now)
    if is_lead:
        _let_nobody_lead(current)
    made = place(current, reviewer, is_lead, now)
    made.day = current
    keep_change(current, RotaChange.Kind.TEAM, before=before, by=by, now=now)
    tell_asked(made, by=by, now=now)
    others = told - {made.person_id}
    tell_changed(current, others, what=f"asked-{made.pk}", by=by, now=now)
    record_day("reviewer asked", current, by=by, now=now, values={"place": made.pk})
    return made


@transaction.atomic
def take_out(*, in_team: DayPlace, by: Person, now: datetime) -> None:
    """Ask somebody no more; she is told, and so are the host and the team.

    Raises NotPlanned or NotInTeam.
    """
    current = planned_day(in_team.day)
    before, told = snapshot(current), going_to(current)
    standing = _standing(in_team)
    end_place(standing, now)
    keep_change(current, RotaChange.Kind.TEAM, before=before, by=by, now=now)
    tell_changed(current, told, what=f"taken-out-{standing.pk}", by=by, now=now)
    record_day("reviewer taken out", current, by=by, now=now, values={"place": standing.pk})


@transaction.atomic
def let_lead(*, in_team: DayPlace, by: Person, now: datetime) -> DayPlace:
    """Somebody of the team leads it from now on; her answer stands.

    Also once it was held, among those who went: what a lead owes afterwards isn't left to nobody.
    Raises NotPlanned of a day that was called off, or NotInTeam.
    """
    current = locked_day(in_team.day)
    if current.state == ReviewDay.State.CANCELLED:
        raise NotPlanned
    before = snapshot(current)
    standing = _standing(in_team)
    is_held = current.state == ReviewDay.State.HELD
    if standing.answer == Answer.DECLINED or (is_held and standing.answer != Answer.ACCEPTED):
        raise NotInTeam
    _let_nobody_lead(current)
    apply_changes(standing, {"is_lead": True})
    keep_change(current, RotaChange.Kind.TEAM, before=before, by=by, now=now)
    tell_changed(current, going_to(current), what=f"leads-{standing.pk}", by=by, now=now)
    record_day("lead changed", current, by=by, now=now, values={"place": standing.pk})
    return standing


def _standing(in_team: DayPlace) -> DayPlace:
    standing = lock(in_team)
    if standing.ended_at is not None:
        raise NotInTeam
    return standing


def _let_nobody_lead(day: ReviewDay) -> None:
    for lead in DayPlace.objects.filter(day=day, ended_at=None, is_lead=True):
        apply_changes(lead, {"is_lead": False})
