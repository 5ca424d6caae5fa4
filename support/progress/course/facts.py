"""What has been done in a programme so far, counted in one SELECT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership.people.models import Person
from partnership.toolkit.statements import answer
from support.programmes.models import Programme, Side, Strand
from support.programmes.permissions import Rights
from support.progress.course.terms import keep_terms, term_lines
from support.progress.models import (
    Concern,
    FinalView,
    Held,
    Measure,
    MeasureValue,
    Objective,
    Pause,
    Placement,
    PlanAction,
    SustainCheck,
    TermReview,
    TermView,
    Visit,
    VisitNote,
)


@dataclass(frozen=True)
class Facts:
    """Counts and moments, as of a moment, for one reader."""

    plan_version: int | None
    school_version: int | None
    supporter_version: int | None
    plan_agreed_at: datetime | None
    agree_by: datetime | None
    objectives: int
    at_least_one: int
    open_actions: int
    late_actions: int
    own_action: int | None
    own_action_due: datetime | None
    visits_planned: int
    visits_held: int
    visits_passed: int
    notes_missing: int
    notes_to_check: int
    own_note: int | None
    own_note_by: datetime | None
    note_to_check: int | None
    note_check_by: datetime | None
    own_passed: int | None
    needs_placement: bool
    placements: int
    placements_held: int
    measures: int
    baselines: int
    reviews_closed: int
    review_pk: int | None
    review_term: int | None
    review_due_at: datetime | None
    review_shown_at: datetime | None
    review_differs: bool | None
    review_talked_at: datetime | None
    review_closed_at: datetime | None
    review_sides: int
    gave_school: bool
    gave_supporter: bool
    gave_director: bool
    exit_strategy: str | None
    ending_due_at: datetime | None
    ending_closed_at: datetime | None
    checkback_by: datetime | None
    checkback_given_at: datetime | None
    ended_school: bool
    ended_supporter: bool
    checks: int
    checks_given: int
    check_number: int | None
    check_due_at: datetime | None
    concerns_open: int
    concern_to_reply: int | None
    look_again_at: datetime | None

    @property
    def is_plan_agreed(self) -> bool:
        """Whether both schools agree to the plan as it stands."""
        return self.plan_version is not None and (
            self.school_version == self.supporter_version == self.plan_version
        )

    def has_given(self, side: str | None) -> bool:
        """Whether a side has given its view in the latest review."""
        return {
            Side.SCHOOL.value: self.gave_school,
            Side.SUPPORTER.value: self.gave_supporter,
            Side.DIRECTOR.value: self.gave_director,
        }.get(str(side), False)


def facts_of(rights: Rights, now: datetime) -> Facts:
    """All facts of a programme for one reader, and its terms; loaded once for a page."""
    kept: Any = rights.programme
    if "facts_kept" not in kept.__dict__:
        ((*row, lines),) = answer(_row, programme=rights.programme, person=rights.person, now=now)
        kept.facts_kept = Facts(*row)
        keep_terms(rights.programme, lines)
    found: Facts = kept.facts_kept
    return found


def _count(rows: QuerySet[Any], of: str = "programme") -> Coalesce:
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Coalesce(
        Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), Value(0)
    )


def _first(rows: QuerySet[Any], column: str, of: str = "programme") -> Subquery:
    return Subquery(rows.filter(**{of: OuterRef("pk")}).values(column)[:1])


def _row(*, programme: Programme, person: Person, now: datetime) -> QuerySet[Programme, Any]:
    objectives = Objective.objects.filter(dropped_at=None)
    actions = PlanAction.objects.filter(done_at=None, dropped_at=None, objective__dropped_at=None)
    own_action = actions.filter(owner=person).order_by("due_at", "pk")
    visits = Visit.objects.all()
    held = visits.filter(state=Held.HELD)
    passed = visits.filter(state=Held.PLANNED, ends_at__lt=now)
    missing = held.filter(Q(note=None) | Q(note__given_at=None))
    own = missing.filter(visitor=person).order_by("note_by", "pk")
    own_passed = passed.filter(visitor=person).order_by("starts_at", "pk")
    unchecked = VisitNote.objects.filter(given_at__isnull=False, checked_at=None)
    unchecked = unchecked.order_by("check_by", "pk")
    reviews = TermReview.objects.order_by("-term")
    gave = TermView.objects.filter(given_at__isnull=False)
    latest = reviews.filter(
        programme=OuterRef("review__programme"), term__gt=OuterRef("review__term")
    )
    gave_latest = gave.filter(~Exists(latest))
    ends = FinalView.objects.filter(given_at__isnull=False)
    checks = SustainCheck.objects.all()
    to_make = checks.filter(given_at=None).order_by("number")
    concerns = Concern.objects.filter(resolved_at=None)
    to_reply = concerns.filter(replied_at=None).exclude(side=Side.SCHOOL).order_by("reply_by", "pk")
    baselines = MeasureValue.objects.filter(point=0, actual__isnull=False)
    of_review, of_visit = "review__programme", "visit__programme"
    is_of = {"programme": OuterRef("pk")}
    of_view = {of_review: OuterRef("pk")}
    facts: dict[str, Any] = {
        "fact_terms": term_lines("pk"),
        "fact_objectives": _count(objectives),
        "fact_at_least_one": _count(objectives.filter(focus__in=Objective.AT_LEAST_ONE)),
        "fact_open_actions": _count(actions, "objective__programme"),
        "fact_late_actions": _count(actions.filter(due_at__lt=now), "objective__programme"),
        "fact_own_action": _first(own_action, "pk", "objective__programme"),
        "fact_own_action_due": _first(own_action, "due_at", "objective__programme"),
        "fact_visits_planned": _count(visits.filter(state=Held.PLANNED)),
        "fact_visits_held": _count(held),
        "fact_visits_passed": _count(passed),
        "fact_notes_missing": _count(missing),
        "fact_notes_to_check": _count(unchecked, of_visit),
        "fact_own_note": _first(own, "pk"),
        "fact_own_note_by": _first(own, "note_by"),
        "fact_note_to_check": _first(unchecked, "visit", of_visit),
        "fact_note_check_by": _first(unchecked, "check_by", of_visit),
        "fact_own_passed": _first(own_passed, "pk"),
        "fact_needs_placement": Exists(
            Strand.objects.filter(kind=Strand.Kind.PLACEMENT, released_at=None, **is_of)
        ),
        "fact_placements": _count(Placement.objects.exclude(state=Held.CANCELLED)),
        "fact_placements_held": _count(Placement.objects.filter(state=Held.HELD)),
        "fact_measures": _count(Measure.objects.filter(dropped_at=None)),
        "fact_baselines": _count(baselines.filter(measure__dropped_at=None), "measure__programme"),
        "fact_reviews_closed": _count(TermReview.objects.filter(closed_at__isnull=False)),
        "fact_review_pk": _first(reviews, "pk"),
        "fact_review_term": _first(reviews, "term"),
        "fact_review_due_at": _first(reviews, "due_at"),
        "fact_review_shown_at": _first(reviews, "shown_at"),
        "fact_review_differs": _first(reviews, "differs"),
        "fact_review_talked_at": _first(reviews, "talked_at"),
        "fact_review_closed_at": _first(reviews, "closed_at"),
        "fact_review_sides": _count(gave_latest, of_review),
        "fact_gave_school": Exists(gave_latest.filter(side=Side.SCHOOL, **of_view)),
        "fact_gave_supporter": Exists(gave_latest.filter(side=Side.SUPPORTER, **of_view)),
        "fact_gave_director": Exists(gave_latest.filter(side=Side.DIRECTOR, **of_view)),
        "fact_exit_strategy": _first(
            reviews.filter(is_midpoint=True, closed_at__isnull=False), "exit_strategy"
        ),
        "fact_ended_school": Exists(ends.filter(side=Side.SCHOOL, **is_of)),
        "fact_ended_supporter": Exists(ends.filter(side=Side.SUPPORTER, **is_of)),
        "fact_checks": _count(checks),
        "fact_checks_given": _count(checks.filter(given_at__isnull=False)),
        "fact_check_number": _first(to_make, "number"),
        "fact_check_due_at": _first(to_make, "due_at"),
        "fact_concerns_open": _count(concerns),
        "fact_concern_to_reply": _first(to_reply, "pk"),
        "fact_look_again_at": _first(Pause.objects.filter(resumed_at=None), "look_again_at"),
    }
    named = {
        "plan_version": "plan__version",
        "school_version": "plan__school_version",
        "supporter_version": "plan__supporter_version",
        "plan_agreed_at": "plan__agreed_at",
        "agree_by": "plan__agree_by",
        "ending_due_at": "ending__due_at",
        "ending_closed_at": "ending__closed_at",
        "checkback_by": "ending__checkback_by",
        "checkback_given_at": "ending__checkback_given_at",
    }
    columns = [named.get(name, f"fact_{name}") for name in Facts.__dataclass_fields__]
    return (
        Programme.objects.filter(pk=programme.pk)
        .order_by()
        .annotate(**facts)
        .values_list(*columns, "fact_terms")
    )
