"""The SELECT of a programme's facts: a subquery for each table, no more than its reader can need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import (
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

from partnership.people.models import Person
from partnership.toolkit.registers.columns import Lines
from support.programmes.models import Programme, Side, Strand
from support.programmes.permissions import Rights
from support.progress.course.terms import term_lines
from support.progress.models import (
    Concern,
    FinalView,
    Held,
    Measure,
    Pause,
    Placement,
    PlanAction,
    SustainCheck,
    TermReview,
    TermView,
    Visit,
    VisitNote,
)
from support.progress.permissions import can_check_notes, can_resume, has_ended, is_alive

OWN, TO_CHECK, TO_REPLY, LASTING, RESTING = "own", "to_check", "to_reply", "lasting", "resting"
NAMED = {
    "plan_version": "plan__version",
    "school_version": "plan__school_version",
    "supporter_version": "plan__supporter_version",
    "plan_agreed_at": "plan__agreed_at",
    "agree_by": "plan__agree_by",
    "ending_due_at": "ending__due_at",
    "ending_closed_at": "ending__closed_at",
    "checkback_by": "ending__checkback_by",
    "checkback_given_at": "ending__checkback_given_at",
    "needs_placement": "said_needs_placement",
}
TERMS, ENDED = "said_terms", "said_ended"


def _may_reply(rights: Rights) -> bool:
    return "head" in rights.ways and rights.programme.goes_on()


WANTED: dict[str, Callable[[Rights], bool]] = {
    OWN: is_alive,
    TO_CHECK: can_check_notes,
    TO_REPLY: _may_reply,
    LASTING: has_ended,
    RESTING: can_resume,
}


def wanted_by(rights: Rights) -> tuple[str, ...]:
    """What her page asks for beside what every page does."""
    return tuple(name for name, wants in WANTED.items() if wants(rights))


def row_of(
    wanted: tuple[str, ...], *, programme: Programme, person: Person, now: datetime
) -> QuerySet[Programme, Any]:
    """Plain columns, lines of terms and of sides at the end, then objects named as the facts are."""
    said = {**_of_course(), **_of_reviews()}
    if OWN in wanted:
        said |= _own(person, now)
    if TO_CHECK in wanted:
        said |= _to_check()
    if TO_REPLY in wanted:
        said |= _to_reply()
    if LASTING in wanted:
        said |= _lasting()
    if RESTING in wanted:
        pauses = Pause.objects.filter(resumed_at=None)
        said["said_pause"] = _first(pauses, look_again_at="look_again_at")
    is_placing = Strand.objects.filter(
        programme=OuterRef("pk"), kind=Strand.Kind.PLACEMENT, released_at=None
    )
    ends = FinalView.objects.filter(given_at__isnull=False)
    lines = {TERMS: term_lines("pk"), ENDED: _sides(ends, "programme")}
    rows = Programme.objects.filter(pk=programme.pk).order_by()
    rows = rows.annotate(said_needs_placement=Exists(is_placing), **lines, **said)
    return rows.values_list(*NAMED.values(), *lines, *said)


def _counted(rows: QuerySet[Any, Any], **counts: Count) -> Subquery:
    """Several counts over the same rows; nothing where there is no row."""
    grouped = rows.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Subquery(grouped.annotate(said=JSONObject(**counts)).values("said"))


def _first(
    rows: QuerySet[Any, Any], of: str = "programme", **columns: str | Combinable
) -> Subquery:
    """Some columns of the first row; nothing where there is none."""
    said = rows.filter(**{of: OuterRef("pk")}).annotate(said=JSONObject(**columns))
    return Subquery(said.values("said")[:1])


def _sides(views: QuerySet[Any, Any], of: str) -> Subquery:
    """The sides of some views, a line each."""
    grouped = views.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Subquery(grouped.annotate(said=Lines(Cast("side", TextField()))).values("said"))


def _of_course() -> dict[str, Subquery]:
    is_held, is_planned = Q(state=Held.HELD), Q(state=Held.PLANNED)
    started = Measure.objects.filter(dropped_at=None).annotate(
        start=FilteredRelation("values", condition=Q(values__point=0))
    )
    return {
        "said_visits": _counted(
            Visit.objects.all(),
            visits_planned=Count("pk", filter=is_planned),
            visits_held=Count("pk", filter=is_held),
            notes_missing=Count("pk", filter=is_held & Q(noted_at=None)),
        ),
        "said_placements": _counted(
            Placement.objects.all(),
            placements=Count("pk", filter=~Q(state=Held.CANCELLED)),
            placements_held=Count("pk", filter=is_held),
        ),
        "said_measures": _counted(started, measures=Count("pk"), baselines=Count("start__actual")),
    }


def _of_reviews() -> dict[str, Subquery]:
    """How many are closed, and the latest with the sides that have given their view."""
    reviews = TermReview.objects.order_by("-term")
    is_closed = Q(closed_at__isnull=False)
    gave = _sides(TermView.objects.filter(given_at__isnull=False), "review")
    names = ("term", "due_at", "shown_at", "differs", "talked_at", "closed_at")
    return {
        "said_reviews": _counted(
            TermReview.objects.all(),
            reviews_closed=Count("pk", filter=is_closed),
            exit_strategies=Count(
                "pk", filter=is_closed & Q(is_midpoint=True) & ~Q(exit_strategy="")
            ),
        ),
        "said_review": _first(
            reviews, review_pk="pk", gave=gave, **{f"review_{name}": name for name in names}
        ),
    }


def _own(person: Person, now: datetime) -> dict[str, Subquery]:
    """Her own action, note and visit that come first."""
    actions = PlanAction.objects.filter(
        done_at=None, dropped_at=None, objective__dropped_at=None, owner=person
    )
    visits = Visit.objects.filter(visitor=person)
    missing = visits.filter(state=Held.HELD, noted_at=None).order_by("note_by", "pk")
    passed = visits.filter(state=Held.PLANNED, ends_at__lt=now).order_by("starts_at", "pk")
    return {
        "said_action": _first(
            actions.order_by("due_at", "pk"),
            "objective__programme",
            own_action="pk",
            own_action_due="due_at",
        ),
        "said_own_note": _first(missing, own_note="pk", own_note_by="note_by"),
        "said_own_passed": _first(passed, own_passed="pk"),
    }


def _to_check() -> dict[str, Subquery]:
    notes = VisitNote.objects.filter(given_at__isnull=False, checked_at=None)
    ordered = notes.order_by("check_by", "pk")
    columns = {"note_to_check": "visit", "note_check_by": "check_by"}
    return {"said_note": _first(ordered, "visit__programme", **columns)}


def _to_reply() -> dict[str, Subquery]:
    concerns = Concern.objects.filter(resolved_at=None, replied_at=None).exclude(side=Side.SCHOOL)
    return {"said_concern": _first(concerns.order_by("reply_by", "pk"), concern_to_reply="pk")}


def _lasting() -> dict[str, Subquery]:
    """The checks after the end, and which of them is next."""
    to_give = SustainCheck.objects.filter(given_at=None).order_by("number")
    return {
        "said_checks": _counted(
            SustainCheck.objects.all(),
            checks=Count("pk"),
            checks_given=Count("pk", filter=Q(given_at__isnull=False)),
        ),
        "said_check": _first(to_give, check_number="number", check_due_at="due_at"),
    }
