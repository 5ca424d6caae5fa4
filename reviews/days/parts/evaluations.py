"""What a school says of itself, year by year, and with the team of which review it is shared."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from alliances.schools.models import School
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, ReviewDay
from reviews.days.models import Priority, Review, SelfEvaluation

LIVE = (Cycle.State.PUBLISHED, Cycle.State.FINISHED)


def _evaluations(*, school: int) -> QuerySet[SelfEvaluation]:
    return (
        SelfEvaluation.objects.filter(school=school)
        .annotate(
            priority_count=Count("priorities", distinct=True),
            team_count=Count("reviews", distinct=True),
        )
        .order_by("-year")
    )


def evaluations_of(school: School) -> list[Any]:
    """The school's, the newest year first; `is_complete` once a team can be given it."""
    evaluations: list[Any] = answer(_evaluations, school=school.pk)
    for evaluation in evaluations:
        evaluation.school = school
        evaluation.is_complete = evaluation.is_written and evaluation.priority_count > 0
    return evaluations


def _priorities(*, evaluation: int) -> QuerySet[Priority]:
    return Priority.objects.filter(evaluation=evaluation).order_by("place", "pk")


def priorities_of(evaluation: SelfEvaluation) -> list[Priority]:
    """Its priorities, the first first."""
    priorities: list[Priority] = answer(_priorities, evaluation=evaluation.pk)
    return priorities


def _reviews(*, school: int, evaluation: int) -> QuerySet[Review]:
    given = Q(evaluation=evaluation)
    ahead = Q(school=school, evaluation=None, day__state=ReviewDay.State.PLANNED)
    reviews = Review.objects.filter(given | ahead, cycle__state__in=LIVE)
    return reviews.select_related("day", "cycle").order_by("-dated_for", "pk")


def reviews_beside(evaluation: SelfEvaluation) -> list[Review]:
    """Those whose teams read it, and those whose teams wait for one."""
    told = {"school": evaluation.school_id, "evaluation": evaluation.pk}
    reviews: list[Review] = answer(_reviews, **told)
    return reviews


def _shared(*, review: int) -> QuerySet[SelfEvaluation]:
    return SelfEvaluation.objects.filter(reviews=review, reviews__shared_at__isnull=False)


def shared_with(review: Review) -> SelfEvaluation | None:
    """What the team reads, as it now stands."""
    rows = answer(_shared, review=review.pk) if review.shared_at is not None else []
    return rows[0] if rows else None
