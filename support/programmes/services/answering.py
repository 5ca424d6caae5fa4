"""A request is answered: opened, signposted or declined; or the school takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import Practitioner, SupportRules
from support.programmes.models import Programme
from support.programmes.services.asking import school_days_later
from support.programmes.services.reviewing import begin_review
from support.programmes.services.telling import (
    directors_of,
    heads_of,
    record_of,
    tell_change,
)
from workhubs.hubs.models import Workhub

State = Programme.State


class AnsweredAlready(Exception):
    """The request has its answer, or was taken back."""


class TooLateToWithdraw(Exception):
    """Support is being found already; the director ends it with the school."""


@transaction.atomic
def open_request(
    *, programme: Programme, assessor: Person, answer: str = "", by: Person, now: datetime
) -> Programme:
    """Take the school on: the swift review begins, due in the school days of the alliance."""
    current = _waiting(programme)
    days = SupportRules.objects.values_list("review_days", flat=True)
    due_at = school_days_later(
        now, days.get(alliance=current.alliance_id), school=current.school_id
    )
    _answer(current, State.OPEN, answer, by=by, now=now)
    record_of("request opened", current, by=by, now=now)
    begin_review(programme=current, assessor=assessor, due_at=due_at, by=by, now=now)
    return current


@transaction.atomic
def signpost_request(
    *,
    programme: Programme,
    answer: str,
    workhub: Workhub | None = None,
    practitioner: Practitioner | None = None,
    alliance: Alliance | None = None,
    by: Person,
    now: datetime,
) -> Programme:
    """Say who else can help: a workhub, a practitioner, another alliance; and in words how."""
    current = _waiting(programme)
    ways = {
        "signposted_workhub": workhub,
        "signposted_practitioner": practitioner,
        "signposted_alliance": alliance,
    }
    _answer(current, State.SIGNPOSTED, answer, by=by, now=now, ended_at=now, **ways)
    _tell_school(current, "signposted", by=by, now=now)
    return current


@transaction.atomic
def decline_request(*, programme: Programme, answer: str, by: Person, now: datetime) -> Programme:
    """Say no, and why."""
    current = _waiting(programme)
    _answer(current, State.DECLINED, answer, by=by, now=now, ended_at=now)
    _tell_school(current, "declined", by=by, now=now)
    return current


@transaction.atomic
def withdraw_request(
    *, programme: Programme, because: str = "", by: Person, now: datetime
) -> Programme:
    """The school takes its request back, as long as nobody was found to support it."""
    current = lock(programme)
    if not current.is_standing():
        raise AnsweredAlready
    if current.judged_at is not None:
        raise TooLateToWithdraw
    apply_changes(current, {"state": State.WITHDRAWN, "ended_at": now, "ended_because": because})
    directors = directors_of(current, on=now.astimezone(UK).date())
    tell_change(current, directors, what="withdrawn", by=by, now=now)
    record_of("request withdrawn", current, by=by, now=now)
    return current


def _waiting(programme: Programme) -> Programme:
    current = lock(programme)
    if current.state != State.ASKED:
        raise AnsweredAlready
    return current


def _answer(
    programme: Programme, state: str, answer: str, *, by: Person, now: datetime, **more: Any
) -> None:
    said = {"state": state, "answer": answer, "answered_at": now, "answered_by": by, "director": by}
    apply_changes(programme, {**said, **more})


def _tell_school(programme: Programme, what: str, *, by: Person, now: datetime) -> None:
    told = heads_of([programme.school_id], on=now.astimezone(UK).date())
    tell_change(programme, told | {programme.asked_by_id}, what=what, by=by, now=now)
    record_of(f"request {what}", programme, by=by, now=now)
