"""What is late in all programmes of an alliance, whoever owes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value

from alliances.membership.models import Alliance
from partnership.toolkit.registers import joined
from support.programmes.models import Programme, Side
from support.progress.models import (
    Ending,
    Held,
    Pause,
    Plan,
    PlanAction,
    SustainCheck,
    TermReview,
    TermView,
    Visit,
    VisitNote,
)

State = Programme.State
ALIVE = (State.OPEN, State.FOLLOWED)
COLUMNS = ("late_kind", "late_of", "late_since")


@dataclass(frozen=True)
class Lateness:
    """One kind of thing that should have been done: whose it is, and the column of its day."""

    key: str
    words: str
    rows: Callable[[], QuerySet[Any, Any]]
    due: str
    states: tuple[str, ...] = ALIVE
    programme: str = "programme"


def _without_view(side: Side) -> Callable[[], QuerySet[Any, Any]]:
    def rows() -> QuerySet[Any, Any]:
        given = TermView.objects.filter(review=OuterRef("pk"), side=side, given_at__isnull=False)
        return TermReview.objects.filter(~Exists(given), shown_at=None)

    return rows


def _to_agree() -> QuerySet[Any, Any]:
    return Plan.objects.filter(~Q(school_version=F("version")) | ~Q(supporter_version=F("version")))


def _to_do() -> QuerySet[Any, Any]:
    return PlanAction.objects.filter(
        done_at__isnull=True, dropped_at__isnull=True, objective__dropped_at=None
    )


def _unchecked() -> QuerySet[Any, Any]:
    return VisitNote.objects.filter(given_at__isnull=False, checked_at=None)


KINDS = (
    Lateness(
        "note",
        "Note of a visit",
        lambda: Visit.objects.filter(state=Held.HELD, noted_at=None),
        "note_by",
    ),
    Lateness(
        "check",
        "Note to be checked by the school",
        _unchecked,
        "check_by",
        ALIVE,
        "visit__programme",
    ),
    Lateness("school", "The school’s view of a term", _without_view(Side.SCHOOL), "due_at"),
    Lateness(
        "supporter", "The supporter’s view of a term", _without_view(Side.SUPPORTER), "due_at"
    ),
    Lateness("director", "The director’s view of a term", _without_view(Side.DIRECTOR), "due_at"),
    Lateness("plan", "Plan to be agreed", _to_agree, "agree_by"),
    Lateness("action", "Action of a plan", _to_do, "due_at", ALIVE, "objective__programme"),
    Lateness(
        "sustain",
        "Check whether it lasts",
        lambda: SustainCheck.objects.filter(given_at=None),
        "due_at",
    ),
    Lateness(
        "impact",
        "Look back at the impact",
        lambda: Ending.objects.filter(checkback_given_at=None),
        "checkback_by",
        (State.FOLLOWED, State.FINISHED),
    ),
    Lateness(
        "pause",
        "Look again at a pause",
        lambda: Pause.objects.filter(resumed_at=None),
        "look_again_at",
        (State.PAUSED,),
    ),
)
WORDS = {kind.key: kind.words for kind in KINDS}


def _part(
    kind: Lateness, narrowed: dict[str, object], alliance: Alliance, now: datetime
) -> QuerySet[Any, Any]:
    path = kind.programme
    mine = {f"{path}__alliance": alliance, f"{path}__state__in": kind.states}
    asked = {f"{path}__{name}": value for name, value in narrowed.items()}
    rows = kind.rows().filter(**{f"{kind.due}__lt": now}, **mine, **asked)
    said = rows.order_by().annotate(
        late_kind=Value(kind.key, output_field=CharField()),
        late_of=F(path),
        late_since=F(kind.due),
    )
    return said.values_list(*COLUMNS, named=True)


def late_rows(
    kinds: tuple[str, ...] = (), *, alliance: Alliance, now: datetime, **narrowed: object
) -> QuerySet[Any, Any]:
    """What is late in an alliance, the longest first; `kinds` and `narrowed` leave some of it.

    A paused programme owes nothing but that somebody looks at it again.
    """
    asked = [kind for kind in KINDS if not kinds or kind.key in kinds]
    parts = [_part(kind, narrowed, alliance, now) for kind in asked]
    return joined(parts).order_by("late_since", "late_of", "late_kind")
