"""A programme rests, goes on, or ends before its time; each with its reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme, Strand
from support.programmes.services.telling import (
    both_schools_of,
    directors_of,
    record_of,
    tell_change,
)
from support.progress.models import Held, Pause, Placement, Visit
from support.progress.services.lasting import give_back
from support.progress.services.visiting import call_off

State = Programme.State
ENDED_EARLY = "The support ended early"


class NotUnderWay(Exception):
    """It is paused, followed up or over already."""


class NotPaused(Exception):
    """It isn't paused."""


@transaction.atomic
def pause_programme(
    *, programme: Programme, because: str, look_again_at: datetime, by: Person, now: datetime
) -> Pause:
    """Let it rest until somebody looks at it again: all may be read, nothing is changed."""
    current = lock(programme)
    if current.state != State.OPEN:
        raise NotUnderWay
    pause = Pause.objects.create(
        programme=current, because=because, look_again_at=look_again_at, paused_by=by, paused_at=now
    )
    apply_changes(current, {"state": State.PAUSED})
    _tell(current, what="paused", by=by, now=now)
    record_of("paused", current, by=by, now=now)
    return pause


@transaction.atomic
def resume_programme(*, programme: Programme, words: str, by: Person, now: datetime) -> Programme:
    """Let it go on where it was."""
    current = lock(programme)
    if current.state != State.PAUSED:
        raise NotPaused
    _end_pause(current, words=words, by=by, now=now)
    apply_changes(current, {"state": State.OPEN})
    _tell(current, what="resumed", by=by, now=now)
    record_of("went on after a pause", current, by=by, now=now)
    return current


@transaction.atomic
def stop_programme(*, programme: Programme, because: str, by: Person, now: datetime) -> Programme:
    """End it before its time: what is planned is called off, days that nobody used are free again."""
    current = lock(programme)
    if current.state not in {State.OPEN, State.PAUSED}:
        raise NotUnderWay
    _end_pause(current, words=ENDED_EARLY, by=by, now=now)
    planned = {"programme": current, "state": Held.PLANNED, "starts_at__gt": now}
    for visit in Visit.objects.select_for_update(of=("self",)).filter(**planned):
        call_off(visit, because=ENDED_EARLY, now=now)
    for placement in Placement.objects.select_for_update(of=("self",)).filter(**planned):
        said = {"state": Held.CANCELLED, "cancelled_at": now, "changed_at": now}
        apply_changes(placement, {**said, "cancelled_because": ENDED_EARLY})
    give_back(current, because=ENDED_EARLY, by=by, now=now)
    apply_changes(current, {"state": State.STOPPED, "ended_at": now, "ended_because": because})
    _tell(current, what="stopped", by=by, now=now)
    record_of("ended early", current, by=by, now=now)
    return current


def _end_pause(programme: Programme, *, words: str, by: Person, now: datetime) -> None:
    Pause.objects.filter(programme=programme, resumed_at=None).update(
        resumed_by=by, resumed_at=now, resumed_words=words
    )


def _tell(programme: Programme, *, what: str, by: Person, now: datetime) -> None:
    """Both heads, whoever looks after it, and who gives some of it."""
    on = london_day(now)
    heads = both_schools_of(programme, on=on)
    strands = Strand.objects.filter(
        programme=programme, released_at=None, practitioner__isnull=False
    )
    givers = set(strands.values_list("practitioner__person", flat=True))
    tell_change(
        programme, heads | directors_of(programme, on=on) | givers, what=what, by=by, now=now
    )
