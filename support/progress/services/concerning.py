"""Concerns about how a programme goes, between the director and the two heads alone.

The audit keeps that one was raised or resolved, at the concern itself and without school or
alliance: whoever reads a programme's history reads nothing of it there.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliances.membership.models import AlliancePost
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme, Side
from support.programmes.services.asking import school_days_later
from support.programmes.services.telling import heads_of, tell_change, tell_turn
from support.progress.models import Concern, ConcernStep
from support.progress.services.going_on import NotGoingOn

REPLY_DAYS = 5
RAISED_IN = frozenset({Programme.State.OPEN, Programme.State.PAUSED})
SETTLED_IN = RAISED_IN | {Programme.State.FOLLOWED}
UNSAID = "in-confidence"


class ResolvedAlready(Exception):
    """Nothing is added to a concern that is resolved."""


class NoReplyAsked(Exception):
    """The head has replied, or raised it herself."""


@transaction.atomic
def raise_concern(
    *, programme: Programme, words: str, side: str, by: Person, now: datetime
) -> Concern:
    """Say what stands in the way; the supported head is asked for her reply within five days."""
    current = lock(programme)
    if current.signed_at is None or current.state not in RAISED_IN:
        raise NotGoingOn
    reply_by = school_days_later(now, REPLY_DAYS, school=current.school_id)
    concern = Concern.objects.create(
        programme=current, words=words, side=side, raised_by=by, raised_at=now, reply_by=reply_by
    )
    asked = set() if side == Side.SCHOOL else _supported_heads(current, now)
    if asked and current.goes_on():
        tell_turn(current, asked, what=UNSAID, by=by, now=now)
    others = _concerned(current, now) - (asked if current.goes_on() else set())
    tell_change(current, others, what=UNSAID, by=by, now=now)
    _keep("raised", concern, by=by, now=now)
    return concern


@transaction.atomic
def reply_to_concern(*, concern: Concern, reply: str, by: Person, now: datetime) -> Concern:
    """The supported head says once how she sees it; her words stand beside the concern."""
    programme, current = _locked(concern)
    if current.replied_at is not None or current.side == Side.SCHOOL:
        raise NoReplyAsked
    apply_changes(current, {"reply": reply, "replied_by": by, "replied_at": now})
    _tell(programme, by=by, now=now)
    _keep("replied to", current, by=by, now=now)
    return current


@transaction.atomic
def add_step(
    *, concern: Concern, words: str, is_further: bool, by: Person, now: datetime
) -> ConcernStep:
    """Write what was done about it, or that it was taken further, outside the portal."""
    programme, current = _locked(concern)
    if is_further and current.escalated_at is None:
        apply_changes(current, {"escalated_at": now})
    step = ConcernStep.objects.create(
        concern=current, words=words, is_further=is_further, taken_by=by, taken_at=now
    )
    _tell(programme, by=by, now=now)
    _keep("taken further" if is_further else "step written", current, by=by, now=now)
    return step


@transaction.atomic
def resolve_concern(*, concern: Concern, how: str, by: Person, now: datetime) -> Concern:
    """Say how it was resolved; it stays to be read."""
    programme, current = _locked(concern)
    apply_changes(current, {"resolved_how": how, "resolved_by": by, "resolved_at": now})
    _tell(programme, by=by, now=now)
    _keep("resolved", current, by=by, now=now)
    return current


def _locked(concern: Concern) -> tuple[Programme, Concern]:
    programme = lock(Programme(pk=concern.programme_id))
    if programme.state not in SETTLED_IN:
        raise NotGoingOn
    current = lock(concern)
    if current.resolved_at is not None:
        raise ResolvedAlready
    return programme, current


def _supported_heads(programme: Programme, now: datetime) -> set[int]:
    return heads_of([programme.school_id], on=london_day(now))


def _concerned(programme: Programme, now: datetime) -> set[int]:
    """The two heads, and who directs the alliance: whoever looks after it, if she does."""
    today = london_day(now)
    posts = AlliancePost.objects.on(today).filter(
        alliance=programme.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    directors = set(posts.values_list("person", flat=True))
    if programme.director_id in directors:
        directors = {programme.director_id}
    return directors | heads_of([programme.school_id, programme.supporting_school_id], on=today)


def _tell(programme: Programme, *, by: Person, now: datetime) -> None:
    tell_change(programme, _concerned(programme, now), what=UNSAID, by=by, now=now)


def _keep(action: str, concern: Concern, *, by: Person, now: datetime) -> None:
    record(action, concern, by=by, at=now)
