"""A school becomes another: what it says of itself and its reviews go with it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from alliances.schools.models import School
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes
from reviews.days.models import Review, SelfEvaluation
from reviews.days.services.evaluating import record_evaluation
from reviews.days.services.telling import record_of

SCHOOLS = "days.schools"


def none_shown(_school: School) -> QuerySet[SelfEvaluation]:
    """Whoever looks at a conversion is not told what a school says of itself."""
    return SelfEvaluation.objects.none()


@transaction.atomic
def pass_on_reviews(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """The school after keeps them; of a year that both have written, each keeps its own."""
    written = SelfEvaluation.objects.filter(school=to).values("year")
    evaluations = list(SelfEvaluation.objects.filter(school=school).exclude(year__in=written))
    for evaluation in evaluations:
        SelfEvaluation.objects.filter(pk=evaluation.pk).update(school=to, version=F("version") + 1)
        record_evaluation("self-evaluation passed on", evaluation, by=by, now=now)
    reviews = Review.objects.select_for_update(of=("self",)).filter(school=school)
    moved = list(reviews.select_related("cycle").order_by("pk"))
    for review in moved:
        apply_changes(review, {"school": to})
        record_of("review passed on", review, by=by, now=now)
    return len(evaluations) + len(moved)
