"""Whether a programme rests or is over, and why; what the director may do about it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import Programme
from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import facts_of
from support.progress.models import Pause
from support.progress.permissions import can_pause, can_resume, can_stop

State = Programme.State


def _pause(*, programme: Programme) -> QuerySet[Pause]:
    return Pause.objects.filter(programme=programme, resumed_at=None).select_related("paused_by")


def resting(rights: Rights, now: datetime) -> Part | None:
    """Why it is paused and when somebody looks again, how it ended, or whether it is followed up."""
    programme = rights.programme
    if programme.state == State.PAUSED:
        pauses = answer(_pause, programme=programme)
        pause = pauses[0] if pauses else None
        is_late = pause is not None and pause.look_again_at < now
        nouns = {"programme": programme, "pause": pause, "is_late": is_late}
        return Part("progress/includes/_resting.html", nouns)
    if programme.state in {State.STOPPED, State.FINISHED}:
        return Part("progress/includes/_over.html", {"programme": programme})
    if programme.is_followed():
        facts = facts_of(rights, now)
        due = facts.check_due_at
        is_late = due is not None and due < now
        told = {"ended_at": facts.ending_closed_at, "check_by": due, "is_late": is_late}
        return Part("progress/includes/_followed.html", told)
    return None


def acts(rights: Rights, _now: datetime) -> Part | None:
    """Pause, go on, end early: for the director's side."""
    nouns = {
        "programme": rights.programme,
        "can_pause": can_pause(rights),
        "can_resume": can_resume(rights),
        "can_stop": can_stop(rights),
    }
    may = nouns["can_pause"] or nouns["can_resume"] or nouns["can_stop"]
    return Part("progress/includes/_acts.html", nouns) if may else None
